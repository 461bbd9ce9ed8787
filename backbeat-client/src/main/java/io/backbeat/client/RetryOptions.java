package io.backbeat.client;

import java.time.Duration;

/**
 * How often and how long a call is repeated when it fails in a way that may pass: the connection is
 * refused or lost, no answer comes in time, or the answer is 429, 502, 503, 504 or an error that is
 * {@link io.backbeat.api.ErrorCode#retryable() retryable}.
 *
 * <p>The pause before the second attempt is {@code firstDelay}, each further one twice as long up
 * to {@code maxDelay}, all of them shortened by a random part of up to a half. Where the answer
 * says {@code Retry-After}, the pause is at least that long.
 *
 * @param maxAttempts attempts of one call, the first included; at least 1
 * @param firstDelay before the second attempt
 * @param maxDelay the longest pause that is not asked for by the server
 * @param maxTotal an attempt that would begin later than that after the begin of the call is not
 *     made; also when the server asks for a longer pause
 */
public record RetryOptions(
    int maxAttempts, Duration firstDelay, Duration maxDelay, Duration maxTotal) {
  /**
   * Four attempts, the last of which begins within two minutes, 200 ms to 5 s apart. That is enough
   * for all four when each of them gets no answer within the 30 seconds it has by default.
   */
  public static final RetryOptions DEFAULT =
      new RetryOptions(4, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMinutes(2));

  /** One attempt only. */
  public static final RetryOptions NONE =
      new RetryOptions(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Checks that there is an attempt and that no time is negative. */
  public RetryOptions {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be >= 1, was " + maxAttempts);
    }
    notNegative(firstDelay, "firstDelay");
    notNegative(maxDelay, "maxDelay");
    notNegative(maxTotal, "maxTotal");
  }

  private static void notNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
  }
}
