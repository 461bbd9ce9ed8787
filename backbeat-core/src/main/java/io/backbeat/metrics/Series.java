package io.backbeat.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Arithmetic over the numbers of a series, newest first. Pure. */
final class Series {
  /** The window of a throughput. */
  static final int THROUGHPUT_SECONDS = 900;

  /**
   * Intervals that the window of a throughput can touch: it rarely starts where an interval does.
   */
  static final int THROUGHPUT_INTERVALS = THROUGHPUT_SECONDS / CounterStore.INTERVAL_SECONDS + 1;

  private Series() {}

  static long sum(long[] series) {
    return Arrays.stream(series).sum();
  }

  /**
   * The average per second over the 900 seconds before {@code now}. The oldest interval the window
   * touches counts by the share that is inside the window.
   *
   * @param series at least {@link #THROUGHPUT_INTERVALS} numbers, the interval of {@code now} first
   */
  static double perSecond(long[] series, Instant now) {
    return perSecond(series, now, THROUGHPUT_INTERVALS - 1);
  }

  /**
   * The same over that many whole intervals.
   *
   * @param series at least one number more than {@code oldest}
   */
  static double perSecond(long[] series, Instant now, int oldest) {
    // As doubles: a sum of huge numbers may lose its last digits, but not its sign.
    double inside = Arrays.stream(series, 0, oldest).asDoubleStream().sum();
    return (inside + oldestShare(now) * series[oldest])
        / ((double) oldest * CounterStore.INTERVAL_SECONDS);
  }

  /** {@code (300 - seconds into the current interval) / 300}. */
  static double oldestShare(Instant now) {
    double elapsed = Duration.between(CounterStore.intervalStart(now), now).toMillis() / 1000.0;
    return (CounterStore.INTERVAL_SECONDS - elapsed) / CounterStore.INTERVAL_SECONDS;
  }
}
