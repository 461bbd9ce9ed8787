package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import java.util.HashMap;
import java.util.Map;

/** What is to be added within one interval. Not thread-safe. */
final class Deltas {
  private final Map<CounterKey, Long> counters = new HashMap<>();
  private final Map<LocationName, TimeHistogram.Tally> times = new HashMap<>();

  boolean has(CounterKey key) {
    return counters.containsKey(key);
  }

  void add(CounterKey key, long delta) {
    counters.merge(key, delta, Long::sum);
  }

  TimeHistogram.Tally times(LocationName location) {
    return times.computeIfAbsent(location, l -> new TimeHistogram.Tally());
  }

  Map<CounterKey, Long> counters() {
    return counters;
  }

  Map<LocationName, TimeHistogram> times() {
    Map<LocationName, TimeHistogram> histograms = new HashMap<>();
    times.forEach((location, tally) -> histograms.put(location, tally.histogram()));
    return histograms;
  }

  /** The counters are in the store. */
  void countersWritten() {
    counters.clear();
  }
}
