package io.backbeat.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long it took from a client's write to COMPLETED, of the versions completed within the last 15
 * to 20 minutes, by all processes together. A version that was retried or replicated long after it
 * was written counts with all of that time.
 *
 * <p>A quantile is the time that this share of the versions took at most. It is within 1/32 of the
 * exact one, or 1 ms where that is more.
 *
 * @param since the beginning of the window; it moves in steps of 5 minutes
 * @param samples how many versions; positive
 * @param p50 half of them took no longer
 * @param p95 95 of a hundred took no longer
 * @param p99 99 of a hundred took no longer
 */
public record ReplicationTimes(
    Instant since, long samples, Duration p50, Duration p95, Duration p99) {
  /** Checks that there are samples and that quantiles ascend. */
  public ReplicationTimes {
    Objects.requireNonNull(since, "since");
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be >= 1, was " + samples);
    }
    Checks.notNegative(p50, "p50");
    if (p95.compareTo(p50) < 0 || p99.compareTo(p95) < 0) {
      throw new IllegalArgumentException(
          "p50, p95 and p99 must not descend, were " + p50 + ", " + p95 + ", " + p99);
    }
  }
}
