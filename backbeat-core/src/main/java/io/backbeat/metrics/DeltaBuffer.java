package io.backbeat.metrics;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Deltas that are not in the store yet, summed per counter and interval. Bounded: when it is full,
 * deltas of single objects are given up and counted; those of locations are few by nature and
 * always kept. Thread-safe.
 */
final class DeltaBuffer {
  private final int maxObjectCounters;
  private SortedMap<Instant, Map<CounterKey, Long>> sums = new TreeMap<>();
  private int objectCounters;
  private long givenUp;

  DeltaBuffer(int maxObjectCounters) {
    this.maxObjectCounters = maxObjectCounters;
  }

  synchronized void add(Map<CounterKey, Long> deltas, Instant at) {
    Map<CounterKey, Long> interval =
        sums.computeIfAbsent(CounterStore.intervalStart(at), start -> new HashMap<>());
    deltas.forEach((key, delta) -> add(interval, key, delta));
  }

  private void add(Map<CounterKey, Long> interval, CounterKey key, long delta) {
    boolean newObjectCounter = key.object().isPresent() && !interval.containsKey(key);
    if (newObjectCounter && objectCounters >= maxObjectCounters) {
      givenUp++;
      return;
    }
    if (newObjectCounter) {
      objectCounters++;
    }
    interval.merge(key, delta, Long::sum);
  }

  /** Takes everything out, by the start of the interval, oldest first. */
  synchronized SortedMap<Instant, Map<CounterKey, Long>> drain() {
    SortedMap<Instant, Map<CounterKey, Long>> drained = sums;
    sums = new TreeMap<>();
    objectCounters = 0;
    return drained;
  }

  /** How many deltas of single objects were given up so far. */
  synchronized long givenUp() {
    return givenUp;
  }
}
