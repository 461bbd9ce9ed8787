package io.backbeat.redis;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/**
 * What failed in the last 24 hours, in the sets that the original lists and retries from. A view
 * for others to read: the ledger decides what is failed, and {@link RedisView} makes this anew from
 * it.
 *
 * <p>Thread-safe. Every method throws {@link io.backbeat.api.BackbeatException} INTERNAL_ERROR when
 * Redis does not answer; a retry is safe. Durable as far as Redis is.
 */
public final class RedisFailedIndex {
  private static final Logger log = LoggerFactory.getLogger(RedisFailedIndex.class);
  private static final int PAGE = 1_000;

  private final RedisConnection redis;
  private final FailedKeys names;
  private final Clock clock;

  RedisFailedIndex(RedisConnection redis, FailedKeys names, Clock clock) {
    this.redis = redis;
    this.names = names;
    this.clock = clock;
  }

  /**
   * Records failures, each in the hour it happened in; one round trip. A version that failed before
   * in the same hour gets the new time.
   *
   * @return how many were recorded; those of more than 24 hours ago are not
   */
  public int add(List<RecordedFailure> failures) {
    FailureBatch batch = new FailureBatch(names, key -> key, clock.instant());
    int added = (int) failures.stream().filter(batch::add).count();
    write(redis, batch);
    return added;
  }

  static void write(RedisConnection redis, FailureBatch batch) {
    if (batch.keys().isEmpty()) {
      return;
    }
    if (redis.isCluster()) {
      redis.ask(RedisConnection.pipelined(batch::queue));
    } else {
      redis.ask(RedisConnection.script(Script.RECORD, batch.keys(), batch.arguments()));
    }
  }

  /**
   * Forgets versions of a location, whenever they failed; one round trip.
   *
   * @return how many records were removed, of one version up to one for each hour
   */
  public long remove(LocationName location, Collection<ObjectVersion> objects) {
    if (objects.isEmpty()) {
      return 0;
    }
    String[] members = objects.stream().map(FailedMember::encode).toArray(String[]::new);
    List<String> keys = keys(location);
    return redis
        .<List<Long>>ask(
            RedisConnection.pipelined(
                pipeline -> keys.stream().map(key -> pipeline.zrem(key, members)).toList()))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Records of a location: a version counts once for each hour it failed in. One round trip. */
  public long count(LocationName location) {
    return counts(List.of(location)).getOrDefault(location, 0L);
  }

  /** Records by location; one round trip. */
  public Map<LocationName, Long> counts(Collection<LocationName> locations) {
    List<LocationName> asked = List.copyOf(locations);
    List<String> keys = asked.stream().flatMap(location -> keys(location).stream()).toList();
    List<Long> sizes =
        redis.ask(
            RedisConnection.pipelined(
                pipeline -> keys.stream().map(key -> pipeline.zcard(key)).toList()));
    int hours = asked.isEmpty() ? 0 : keys.size() / asked.size();
    Map<LocationName, Long> counts = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      long sum =
          sizes.subList(i * hours, (i + 1) * hours).stream().mapToLong(Long::longValue).sum();
      counts.put(asked.get(i), sum);
    }
    return counts;
  }

  /**
   * Gives every record of a location to a consumer, the oldest first, in round trips of about
   * {@value #PAGE}. Holds the records of one hour in memory. What is recorded or removed meanwhile
   * may show or not. A version shows once for each hour it failed in; a member that names no object
   * version is left out.
   */
  public void scan(LocationName location, Consumer<RecordedFailure> consumer) {
    List<String> newestFirst = keys(location);
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      members(newestFirst.get(i)).entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .flatMap(member -> decode(location, member.getKey(), member.getValue()))
          .forEach(consumer);
    }
  }

  /** Scores by member; a scan may show a member twice. */
  private Map<String, Double> members(String key) {
    Map<String, Double> members = new HashMap<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      String from = cursor;
      ScanResult<Tuple> page =
          redis.ask(jedis -> jedis.zscan(key, from, new ScanParams().count(PAGE)));
      page.getResult().forEach(tuple -> members.put(tuple.getElement(), tuple.getScore()));
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return members;
  }

  /**
   * The newest records of a location, newest first, each version once with its last failure; asks
   * one hour after the other until there are enough.
   *
   * @param limit how many at most; at least 1
   */
  public List<RecordedFailure> newest(LocationName location, int limit) {
    Map<ObjectVersion, RecordedFailure> found = new LinkedHashMap<>();
    for (String key : keys(location)) {
      if (found.size() >= limit) {
        break;
      }
      // Versions that are found already may show again: they come on top.
      int enough = limit + found.size();
      List<Tuple> hour = redis.ask(jedis -> jedis.zrangeWithScores(key, newestFirst(enough)));
      hour.stream()
          .flatMap(tuple -> decode(location, tuple.getElement(), tuple.getScore()))
          .forEach(failure -> found.putIfAbsent(failure.object(), failure));
    }
    return found.values().stream()
        .sorted(Comparator.comparing(RecordedFailure::at).reversed())
        .limit(limit)
        .toList();
  }

  private static ZRangeParams newestFirst(int count) {
    return ZRangeParams.zrangeParams(0, count - 1).rev();
  }

  private static Stream<RecordedFailure> decode(
      LocationName location, String member, double score) {
    Instant at = Instant.ofEpochMilli((long) score);
    return FailedMember.decode(member)
        .map(object -> new RecordedFailure(location, object, at))
        .or(
            () -> {
              log.debug("no object version: {} of {}", member, location);
              return Optional.empty();
            })
        .stream();
  }

  private List<String> keys(LocationName location) {
    return names.day(location, clock.instant());
  }
}
