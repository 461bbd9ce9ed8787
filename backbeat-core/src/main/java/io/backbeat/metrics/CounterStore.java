package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Keeps counters. Port; thread-safe. Every method throws {@link io.backbeat.api.BackbeatException}
 * INTERNAL_ERROR when the store does not answer; an outage never reads as zero. A failed {@link
 * #add} may or may not have counted.
 */
public interface CounterStore {
  /** Width of an interval of a series, and how many intervals a series keeps: 24 hours. */
  int INTERVAL_SECONDS = 300;

  /** Intervals of a full series. */
  int INTERVALS = 288;

  /**
   * Adds to counters: gauges as a whole, series in the interval of {@code at}. Deltas may be
   * negative for gauges.
   *
   * @param at when it happened
   */
  void add(Map<CounterKey, Long> deltas, Instant at);

  /** Current values of gauges, in order; 0 for one that was never written. */
  List<Long> gauges(List<CounterKey> keys);

  /**
   * The last {@code intervals} numbers of each series, in order of the keys. Index 0 is the
   * interval of {@code now}, then backwards in time; 0 for an interval without a number.
   *
   * @param intervals 1 to {@link #INTERVALS}
   */
  List<long[]> series(List<CounterKey> keys, Instant now, int intervals);

  /**
   * Adds replication times to the histograms of locations, in the interval of {@code at}. Several
   * processes add to the same histograms; they are forgotten as series are. A failed call may or
   * may not have counted some of them.
   *
   * @param at when the versions were completed
   */
  void addTimes(Map<LocationName, TimeHistogram> times, Instant at);

  /**
   * The replication times of each location within the last {@code intervals} intervals, that of
   * {@code now} included, in order of the locations; empty histograms where there are none.
   *
   * @param intervals 1 to {@link #INTERVALS}
   */
  List<TimeHistogram> times(List<LocationName> locations, Instant now, int intervals);

  /**
   * The start of the interval an instant is in: minutes rounded down to a multiple of five, in UTC.
   */
  static Instant intervalStart(Instant at) {
    return Instant.ofEpochSecond(
        Math.floorDiv(at.getEpochSecond(), INTERVAL_SECONDS) * INTERVAL_SECONDS);
  }
}
