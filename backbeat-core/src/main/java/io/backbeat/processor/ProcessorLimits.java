package io.backbeat.processor;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one queue may have in hand. What does not fit stays in the queue; nothing is ever
 * dropped.
 *
 * @param concurrency attempts at a time, at least 1
 * @param maxInFlight jobs received and not settled, at least {@code concurrency}
 * @param maxInFlightBytes memory of those jobs, roughly
 * @param drain how long running attempts may take when a partition is taken away
 */
public record ProcessorLimits(
    int concurrency, int maxInFlight, long maxInFlightBytes, Duration drain) {
  /** 10 attempts at a time, 2,000 jobs or 32 MiB in hand, 30 seconds to drain. */
  public static final ProcessorLimits DEFAULT =
      new ProcessorLimits(10, 2_000, 32L << 20, Duration.ofSeconds(30));

  /** Checks the numbers. */
  public ProcessorLimits {
    Objects.requireNonNull(drain, "drain");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be >= 1, was " + concurrency);
    }
    if (maxInFlight < concurrency) {
      throw new IllegalArgumentException(
          "maxInFlight must be >= concurrency " + concurrency + ", was " + maxInFlight);
    }
    if (maxInFlightBytes < 1) {
      throw new IllegalArgumentException("maxInFlightBytes must be >= 1, was " + maxInFlightBytes);
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain must not be negative, was " + drain);
    }
  }

  /** The same with another number of attempts at a time. */
  public ProcessorLimits withConcurrency(int attemptsAtATime) {
    return new ProcessorLimits(
        attemptsAtATime, Math.max(maxInFlight, attemptsAtATime), maxInFlightBytes, drain);
  }
}
