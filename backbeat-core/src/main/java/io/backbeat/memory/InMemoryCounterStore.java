package io.backbeat.memory;

import io.backbeat.api.LocationName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counters in memory: as durable as the process. Thread-safe; an {@link #add} counts as a whole.
 * Numbers of series are kept by interval, so that forgetting one interval of a million objects
 * takes no longer than of one. What is 24 hours older than the newest number is forgotten with the
 * next addition.
 */
public final class InMemoryCounterStore implements CounterStore {
  private final Map<CounterKey, Long> gauges = new HashMap<>();
  private final NavigableMap<Long, Map<CounterKey, Long>> intervals = new TreeMap<>();
  private final NavigableMap<Long, Map<LocationName, TimeHistogram>> times = new TreeMap<>();

  /** Creates an empty store. */
  public InMemoryCounterStore() {}

  @Override
  public synchronized void add(Map<CounterKey, Long> deltas, Instant at) {
    long interval = interval(at);
    deltas.forEach((key, delta) -> numbers(key, interval).merge(key, delta, Long::sum));
    if (!intervals.isEmpty()) {
      intervals.headMap(intervals.lastKey() - INTERVALS, true).clear();
    }
  }

  private Map<CounterKey, Long> numbers(CounterKey key, long interval) {
    return key.counter().kind() == Counter.Kind.GAUGE
        ? gauges
        : intervals.computeIfAbsent(interval, i -> new HashMap<>());
  }

  @Override
  public synchronized List<Long> gauges(List<CounterKey> keys) {
    return keys.stream().map(key -> gauges.getOrDefault(key, 0L)).toList();
  }

  @Override
  public synchronized List<long[]> series(List<CounterKey> keys, Instant now, int count) {
    requireIntervals(count);
    long newest = interval(now);
    List<long[]> found = new ArrayList<>(keys.size());
    for (CounterKey key : keys) {
      long[] series = new long[count];
      intervals
          .subMap(newest - count, false, newest, true)
          .forEach((i, numbers) -> series[(int) (newest - i)] = numbers.getOrDefault(key, 0L));
      found.add(series);
    }
    return found;
  }

  @Override
  public synchronized void addTimes(Map<LocationName, TimeHistogram> added, Instant at) {
    Map<LocationName, TimeHistogram> interval =
        times.computeIfAbsent(interval(at), i -> new HashMap<>());
    added.forEach(
        (location, histogram) -> interval.merge(location, histogram, TimeHistogram::plus));
    times.headMap(times.lastKey() - INTERVALS, true).clear();
  }

  @Override
  public synchronized List<TimeHistogram> times(
      List<LocationName> locations, Instant now, int count) {
    requireIntervals(count);
    long newest = interval(now);
    Collection<Map<LocationName, TimeHistogram>> asked =
        times.subMap(newest - count, false, newest, true).values();
    return locations.stream()
        .map(
            location ->
                asked.stream()
                    .flatMap(interval -> Optional.ofNullable(interval.get(location)).stream())
                    .reduce(TimeHistogram.EMPTY, TimeHistogram::plus))
        .toList();
  }

  private static void requireIntervals(int count) {
    if (count < 1 || count > INTERVALS) {
      throw new IllegalArgumentException("intervals must be 1 to " + INTERVALS + ", was " + count);
    }
  }

  /** Numbers of series held at the moment. */
  synchronized long storedNumbers() {
    return intervals.values().stream().mapToLong(Map::size).sum();
  }

  private static long interval(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), INTERVAL_SECONDS);
  }
}
