package io.backbeat.task;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How often a job is attempted and how long it waits between two attempts. After n attempts it
 * waits {@code firstDelay * factor^(n-1)}, at most {@code maxDelay}, and then up to {@code jitter}
 * of that more or less, so that jobs that failed together do not come back together; never more
 * than {@code maxDelay}. Immutable.
 *
 * @param maxAttempts attempts in all, the first included, at least 1
 * @param firstDelay the wait after the first attempt, more than zero
 * @param maxDelay the longest wait, from {@code firstDelay} to 100 years
 * @param factor growth per attempt, at least 1
 * @param jitter the largest deviation as a share of the wait, 0 to 1
 */
public record RetryPolicy(
    int maxAttempts, Duration firstDelay, Duration maxDelay, double factor, double jitter) {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Without an end: waits of 1 s growing by half to 5 min. For work that must not be given up. */
  public static final RetryPolicy UNLIMITED =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(1), Duration.ofMinutes(5), 1.5, 0.1);

  /**
   * A Scality destination, and internal work such as statuses and garbage collection: 6 attempts,
   * waits of 1 s growing to 5 min.
   */
  public static final RetryPolicy SCALITY = UNLIMITED.withMaxAttempts(6);

  /**
   * A destination in a public cloud, which recovers slowly: 6 attempts, waits of 1 min growing by
   * half to 15 min.
   */
  public static final RetryPolicy CLOUD =
      new RetryPolicy(6, Duration.ofMinutes(1), Duration.ofMinutes(15), 1.5, 0.1);

  /** Checks the ranges above. */
  public RetryPolicy {
    Objects.requireNonNull(firstDelay, "firstDelay");
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be >= 1, was " + maxAttempts);
    }
    if (firstDelay.isZero() || firstDelay.isNegative()) {
      throw new IllegalArgumentException("firstDelay must be more than zero, was " + firstDelay);
    }
    if (maxDelay.compareTo(firstDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "maxDelay must be from firstDelay " + firstDelay + " to 100 years, was " + maxDelay);
    }
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor must be >= 1 and finite, was " + factor);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, was " + jitter);
    }
  }

  /** The same with another number of attempts. */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter);
  }

  /** Whether another attempt is allowed after so many. */
  public boolean allowsAfter(int attempts) {
    return attempts < maxAttempts;
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param attempt attempts made so far, from 1
   * @param random where the jitter comes from
   * @return from zero to {@code maxDelay}
   */
  public Duration delayAfter(int attempt, RandomGenerator random) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be >= 1, was " + attempt);
    }
    long max = maxDelay.toNanos();
    // The power may be infinite; the minimum is not.
    double nanos = Math.min((double) max, firstDelay.toNanos() * Math.pow(factor, attempt - 1.0));
    double deviation = random.nextDouble() * jitter * nanos;
    double jittered = random.nextBoolean() ? nanos + deviation : nanos - deviation;
    // As a long, because a double of this size may be rounded up, beyond the maximum.
    return Duration.ofNanos(Math.min(max, (long) jittered));
  }
}
