package io.backbeat.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many times there were of each length, to the millisecond up to 31 ms and above that in
 * {@value #PER_OCTAVE} buckets for each doubling, so that a time is known to within 1/32.
 * Histograms of different processes and intervals add up without any loss, which quantiles do not.
 * Immutable.
 */
public final class TimeHistogram {
  /** Buckets of a histogram: their numbers are 0 to this, exclusive. */
  public static final int BUCKETS = 544;

  /** No times. */
  public static final TimeHistogram EMPTY = new TimeHistogram(new long[BUCKETS]);

  private static final int PER_OCTAVE = 16;
  private static final int BITS = 4;

  private final long[] counts;

  private TimeHistogram(long[] counts) {
    this.counts = counts;
  }

  /**
   * A histogram that was written down.
   *
   * @param counts positive numbers by bucket; those of buckets that are not, which another version
   *     may have written, are left out
   */
  public static TimeHistogram of(Map<Integer, Long> counts) {
    long[] all = new long[BUCKETS];
    counts.forEach(
        (bucket, count) -> {
          if (bucket >= 0 && bucket < BUCKETS && count > 0) {
            all[bucket] += count;
          }
        });
    return new TimeHistogram(all);
  }

  /** One time; what is negative counts as 0, what is beyond four years as that. */
  public static TimeHistogram of(Duration time) {
    long[] one = new long[BUCKETS];
    one[bucket(time)] = 1;
    return new TimeHistogram(one);
  }

  /** The bucket of a time. */
  static int bucket(Duration time) {
    long millis = millis(time);
    if (millis < PER_OCTAVE) {
      return (int) millis;
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis) - BITS;
    int within = (int) (millis >> octave) - PER_OCTAVE;
    return Math.min(BUCKETS - 1, (octave + 1) * PER_OCTAVE + within);
  }

  private static long millis(Duration time) {
    if (time.isNegative()) {
      return 0;
    }
    return time.toSeconds() > Long.MAX_VALUE / 1000 - 1 ? Long.MAX_VALUE : time.toMillis();
  }

  /** The time in the middle of a bucket. */
  static Duration middle(int bucket) {
    if (bucket < PER_OCTAVE) {
      return Duration.ofMillis(bucket);
    }
    int octave = bucket / PER_OCTAVE - 1;
    long from = (long) (PER_OCTAVE + bucket % PER_OCTAVE) << octave;
    return Duration.ofMillis(from + (1L << octave) / 2);
  }

  /** Both together. */
  public TimeHistogram plus(TimeHistogram other) {
    long[] sums = counts.clone();
    Arrays.setAll(sums, i -> sums[i] + other.counts[i]);
    return new TimeHistogram(sums);
  }

  /** How many times there are. */
  public long samples() {
    return Arrays.stream(counts).sum();
  }

  /**
   * The time that a share of all times is not longer than: the nearest rank, within 1/32 of the
   * exact one.
   *
   * @param share more than 0, at most 1
   * @throws IllegalStateException if there are no times
   */
  public Duration quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be more than 0 and at most 1, was " + share);
    }
    long rank = Math.max(1, (long) Math.ceil(share * samples()));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return middle(bucket);
      }
    }
    throw new IllegalStateException("a histogram without times has no quantiles");
  }

  /** The buckets that are not empty, to be written down. */
  public Map<Integer, Long> counts() {
    Map<Integer, Long> found = new TreeMap<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        found.put(bucket, counts[bucket]);
      }
    }
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeHistogram that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return counts().toString();
  }

  /** Counts times, and gives them out as a histogram. Not thread-safe. */
  static final class Tally {
    private final long[] counts = new long[BUCKETS];

    void add(Duration time) {
      counts[bucket(time)]++;
    }

    void add(TimeHistogram times) {
      Arrays.setAll(counts, i -> counts[i] + times.counts[i]);
    }

    TimeHistogram histogram() {
      return new TimeHistogram(counts.clone());
    }
  }
}
