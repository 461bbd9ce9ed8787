package io.backbeat.redis;

import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Additions to named counters, to be sent together. For one thread. */
final class Increments {
  /** Set anew by each addition, as the original does. */
  private static final long SECONDS_TO_LIVE = 86_400;

  private record Increment(String key, long delta, long ttl) {}

  private final CounterNames names;
  private final List<Increment> increments;

  Increments(CounterNames names) {
    this(names, new ArrayList<>());
  }

  private Increments(CounterNames names, List<Increment> increments) {
    this.names = names;
    this.increments = increments;
  }

  void add(Map<CounterKey, Long> deltas, Instant at) {
    deltas.forEach((key, delta) -> increments.add(increment(key, delta, at)));
  }

  private Increment increment(CounterKey key, long delta, Instant at) {
    String name = names.of(key);
    if (key.counter().kind() == Counter.Kind.GAUGE) {
      return new Increment(name, delta, 0);
    }
    String interval = CounterNames.interval(name, CounterStore.intervalStart(at));
    return new Increment(interval, delta, SECONDS_TO_LIVE);
  }

  /** The same in parts of at most that many; none if there is nothing to add. */
  List<Increments> parts(int size) {
    List<Increments> parts = new ArrayList<>();
    for (int from = 0; from < increments.size(); from += size) {
      int to = Math.min(increments.size(), from + size);
      parts.add(new Increments(names, increments.subList(from, to)));
    }
    return parts;
  }

  List<String> keys() {
    return increments.stream().map(Increment::key).toList();
  }

  /** As {@link Script#ADD} wants them. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(2 * increments.size());
    for (Increment increment : increments) {
      arguments.add(Long.toString(increment.delta()));
      arguments.add(Long.toString(increment.ttl()));
    }
    return arguments;
  }

  /** As single commands. */
  List<Response<Long>> queue(AbstractPipeline pipeline) {
    List<Response<Long>> answers = new ArrayList<>();
    for (Increment increment : increments) {
      answers.add(pipeline.incrBy(increment.key(), increment.delta()));
      if (increment.ttl() > 0) {
        answers.add(pipeline.expire(increment.key(), increment.ttl()));
      }
    }
    return answers;
  }
}
