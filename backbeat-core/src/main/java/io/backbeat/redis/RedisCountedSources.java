package io.backbeat.redis;

import io.backbeat.metrics.CountedSources;
import io.backbeat.metrics.CounterKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Counts runs of records once. On one server, offset and counters change in one script. In a
 * cluster they are on different nodes: the offset is set last, so that a crash in between counts a
 * run twice, and two processes that count the same source at the same time may both succeed.
 */
final class RedisCountedSources implements CountedSources {
  private final RedisConnection redis;
  private final CounterNames names;

  RedisCountedSources(RedisConnection redis, CounterNames names) {
    this.redis = redis;
    this.names = names;
  }

  @Override
  public long counted(String source) {
    return StoredNumber.of(redis.ask(jedis -> jedis.get(offset(source))));
  }

  @Override
  public boolean add(
      String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas) {
    if (to < from) {
      throw new IllegalArgumentException(
          "a run must not end before it begins: " + from + ", " + to);
    }
    Increments increments = new Increments(names);
    deltas.forEach((at, sums) -> increments.add(sums, at));
    return redis.isCluster()
        ? inSteps(offset(source), from, to, increments)
        : atOnce(offset(source), from, to, increments);
  }

  private boolean atOnce(String offset, long from, long to, Increments increments) {
    List<String> keys = new ArrayList<>();
    keys.add(offset);
    keys.addAll(increments.keys());
    List<String> arguments =
        Stream.concat(
                Stream.of(Long.toString(from), Long.toString(to)), increments.arguments().stream())
            .toList();
    return Long.valueOf(1)
        .equals(redis.tell(RedisConnection.script(Script.ADD_ONCE, keys, arguments)));
  }

  private boolean inSteps(String offset, long from, long to, Increments increments) {
    if (StoredNumber.of(redis.ask(jedis -> jedis.get(offset))) != from) {
      return false;
    }
    redis.tell(RedisConnection.pipelined(increments::queue));
    redis.tell(jedis -> jedis.set(offset, Long.toString(to)));
    return true;
  }

  /** A key of our own; the original remembers no offsets in Redis. */
  private String offset(String source) {
    return names.prefix() + "backbeat-java:counted:" + source;
  }
}
