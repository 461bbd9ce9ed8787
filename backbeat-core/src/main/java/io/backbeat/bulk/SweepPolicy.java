package io.backbeat.bulk;

import java.time.Duration;

/**
 * How versions that have lost their jobs are searched for.
 *
 * @param every how often a search begins; zero for never
 * @param firstAfter how long after its start an engine begins none
 * @param olderThan a version written more recently is not looked at, and a job of one is not taken
 *     for lost: the metadata log may not have been read so far
 * @param listedPerSecond object versions looked at per second, at most, by a search and by whatever
 *     task makes its plan; at least 1
 * @param operationsPerSecond operations queued per second, at most; at least 1
 */
public record SweepPolicy(
    Duration every,
    Duration firstAfter,
    Duration olderThan,
    int listedPerSecond,
    int operationsPerSecond) {
  /** Every six hours, what was written more than an hour ago, slowly. */
  public static final SweepPolicy DEFAULT =
      new SweepPolicy(Duration.ofHours(6), Duration.ofHours(1), Duration.ofHours(1), 1_000, 100);

  /** No searches. */
  public static final SweepPolicy NEVER = DEFAULT.every(Duration.ZERO);

  /** Checks the numbers. */
  public SweepPolicy {
    if (every.isNegative() || firstAfter.isNegative() || olderThan.isNegative()) {
      throw new IllegalArgumentException(
          "times of a sweep must be >= 0, were " + every + ", " + firstAfter + ", " + olderThan);
    }
    if (listedPerSecond < 1 || operationsPerSecond < 1) {
      throw new IllegalArgumentException(
          "rates of a sweep must be >= 1, were " + listedPerSecond + " and " + operationsPerSecond);
    }
  }

  /** The same as often as that. */
  public SweepPolicy every(Duration period) {
    return new SweepPolicy(period, firstAfter, olderThan, listedPerSecond, operationsPerSecond);
  }

  /** The same with another wait before the first one. */
  public SweepPolicy firstAfter(Duration wait) {
    return new SweepPolicy(every, wait, olderThan, listedPerSecond, operationsPerSecond);
  }

  /** The same for what is older than that. */
  public SweepPolicy olderThan(Duration age) {
    return new SweepPolicy(every, firstAfter, age, listedPerSecond, operationsPerSecond);
  }

  /** Whether there are searches at all. */
  boolean on() {
    return !every.isZero();
  }
}
