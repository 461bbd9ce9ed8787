package io.backbeat.kafka;

import io.backbeat.metrics.CountedSources;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Counts in memory; thread-safe. */
final class InMemoryCountedSources implements CountedSources {
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<CounterKey, Long> sums = new HashMap<>();

  @Override
  public synchronized long counted(String source) {
    return counted.getOrDefault(source, 0L);
  }

  @Override
  public synchronized boolean add(
      String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas) {
    if (counted(source) != from) {
      return false;
    }
    counted.put(source, to);
    deltas
        .values()
        .forEach(some -> some.forEach((key, delta) -> sums.merge(key, delta, Long::sum)));
    return true;
  }

  /** The sum of a counter over all locations and objects. */
  synchronized long sum(Counter counter) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getKey().counter() == counter)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The sum of one counter. */
  synchronized long sum(CounterKey key) {
    return sums.getOrDefault(key, 0L);
  }
}
