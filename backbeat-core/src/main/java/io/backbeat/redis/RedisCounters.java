package io.backbeat.redis;

import io.backbeat.api.LocationName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;

/**
 * Counters under the names of the original. Each call is one round trip, however many counters it
 * is about; beyond {@value #MAX_KEYS} counters, one for each so many.
 */
final class RedisCounters implements CounterStore {
  static final int MAX_KEYS = 5_000;

  /** The interval of now and the one before: late messages of the last minutes go there. */
  private static final int OPEN = 2;

  private final RedisConnection redis;
  private final CounterNames names;
  private final ClosedIntervals closed;
  private final StoredTimes times;

  RedisCounters(RedisConnection redis, CounterNames names, Clock clock) {
    this.redis = redis;
    this.names = names;
    this.closed = new ClosedIntervals(clock);
    this.times = new StoredTimes(redis, names);
  }

  @Override
  public void add(Map<CounterKey, Long> deltas, Instant at) {
    Increments increments = new Increments(names);
    increments.add(deltas, at);
    for (Increments part : increments.parts(MAX_KEYS)) {
      if (redis.isCluster()) {
        redis.tell(RedisConnection.pipelined(part::queue));
      } else {
        redis.tell(RedisConnection.script(Script.ADD, part.keys(), part.arguments()));
      }
    }
    deltas.keySet().forEach(key -> closed.forget(names.of(key)));
  }

  @Override
  public List<Long> gauges(List<CounterKey> keys) {
    return numbers(keys.stream().map(names::of).toList());
  }

  @Override
  public List<long[]> series(List<CounterKey> keys, Instant now, int intervals) {
    requireIntervals(intervals);
    List<Reading> readings = keys.stream().map(key -> reading(key, now, intervals)).toList();
    List<Long> fresh = numbers(readings.stream().flatMap(Reading::wanted).toList());
    List<long[]> series = new ArrayList<>(keys.size());
    int from = 0;
    for (Reading reading : readings) {
      int to = from + reading.fresh();
      series.add(complete(reading, fresh.subList(from, to), intervals));
      from = to;
    }
    return series;
  }

  /**
   * What is to be read of a series.
   *
   * @param fresh how many numbers, the newest first
   * @param closed the numbers behind {@link #OPEN}, if they are known
   */
  private record Reading(
      CounterKey key, String name, Instant now, int fresh, Optional<long[]> closed) {
    Stream<String> wanted() {
      return IntStream.range(0, fresh)
          .mapToObj(i -> CounterNames.interval(name, CounterNames.start(now, i)));
    }
  }

  private Reading reading(CounterKey key, Instant now, int intervals) {
    String name = names.of(key);
    Optional<long[]> known =
        intervals > OPEN && isKept(key)
            ? closed.get(name, CounterStore.intervalStart(now), intervals - OPEN)
            : Optional.empty();
    return new Reading(key, name, now, known.isPresent() ? OPEN : intervals, known);
  }

  private long[] complete(Reading reading, List<Long> fresh, int intervals) {
    long[] numbers = new long[intervals];
    Arrays.setAll(numbers, i -> i < fresh.size() ? fresh.get(i) : 0);
    if (reading.closed().isPresent()) {
      System.arraycopy(reading.closed().get(), 0, numbers, OPEN, intervals - OPEN);
    } else if (intervals > OPEN && isKept(reading.key())) {
      Instant current = CounterStore.intervalStart(reading.now());
      closed.put(reading.name(), current, Arrays.copyOfRange(numbers, OPEN, intervals));
    }
    return numbers;
  }

  /** Locations are few and looked at by everyone; objects are many and looked at once. */
  private static boolean isKept(CounterKey key) {
    return key.object().isEmpty() && key.counter().kind() == Counter.Kind.SERIES;
  }

  private List<Long> numbers(List<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return redis.ask(values(keys)).stream().map(StoredNumber::of).toList();
  }

  /** Values by key; null for a key that is not there. */
  private Function<UnifiedJedis, List<String>> values(List<String> keys) {
    if (redis.isCluster()) {
      return RedisConnection.pipelined(
          pipeline -> keys.stream().map(key -> pipeline.get(key)).toList());
    }
    return jedis -> jedis.mget(keys.toArray(String[]::new));
  }

  @Override
  public void addTimes(Map<LocationName, TimeHistogram> added, Instant at) {
    if (!added.isEmpty()) {
      times.add(added, at);
    }
  }

  @Override
  public List<TimeHistogram> times(List<LocationName> locations, Instant now, int intervals) {
    requireIntervals(intervals);
    return times.read(locations, now, intervals);
  }

  private static void requireIntervals(int intervals) {
    if (intervals < 1 || intervals > INTERVALS) {
      throw new IllegalArgumentException(
          "intervals must be 1 to " + INTERVALS + ", was " + intervals);
    }
  }
}
