package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Deltas and times that are not in the store yet, summed per counter or location, and interval.
 * Bounded: when it is full, deltas of single objects are given up and counted; those of locations
 * are few by nature and always kept. Thread-safe.
 */
final class DeltaBuffer {
  private final int maxObjectCounters;
  private SortedMap<Instant, Deltas> intervals = new TreeMap<>();
  private int objectCounters;
  private long givenUp;

  DeltaBuffer(int maxObjectCounters) {
    this.maxObjectCounters = maxObjectCounters;
  }

  /** Adds what happened in the interval of an instant. */
  synchronized void add(Map<CounterKey, Long> deltas, List<TimeSample> times, Instant at) {
    Deltas interval = interval(at);
    deltas.forEach((key, delta) -> add(interval, key, delta));
    times.forEach(sample -> interval.times(sample.location()).add(sample.time()));
  }

  /** Takes back what could not be written. */
  synchronized void putBack(Deltas deltas, Instant at) {
    Deltas interval = interval(at);
    deltas.counters().forEach((key, delta) -> add(interval, key, delta));
    Map<LocationName, TimeHistogram> times = deltas.times();
    times.forEach((location, histogram) -> interval.times(location).add(histogram));
  }

  private Deltas interval(Instant at) {
    return intervals.computeIfAbsent(CounterStore.intervalStart(at), start -> new Deltas());
  }

  private void add(Deltas interval, CounterKey key, long delta) {
    boolean newObjectCounter = key.object().isPresent() && !interval.has(key);
    if (newObjectCounter && objectCounters >= maxObjectCounters) {
      givenUp++;
      return;
    }
    if (newObjectCounter) {
      objectCounters++;
    }
    interval.add(key, delta);
  }

  /** Takes everything out, by the start of the interval, oldest first. */
  synchronized SortedMap<Instant, Deltas> drain() {
    SortedMap<Instant, Deltas> drained = intervals;
    intervals = new TreeMap<>();
    objectCounters = 0;
    return drained;
  }

  /** How many deltas of single objects were given up so far. */
  synchronized long givenUp() {
    return givenUp;
  }
}
