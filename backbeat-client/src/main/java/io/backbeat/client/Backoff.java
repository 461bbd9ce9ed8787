package io.backbeat.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Decides whether and when a call is repeated. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private Backoff() {}

  /**
   * The pause before the next attempt; empty when there is none.
   *
   * @param repeatable whether the call may be repeated after an attempt of unknown outcome
   * @param attempts attempts made
   * @param elapsed since the begin of the call
   * @param random 0 to 1
   */
  static Optional<Duration> pause(
      RetryOptions options,
      Failure failure,
      boolean repeatable,
      int attempts,
      Duration elapsed,
      double random) {
    boolean again =
        failure.mayPass()
            && (repeatable || failure.didNothing())
            && attempts < options.maxAttempts();
    return Optional.of(longer(jittered(options, attempts, random), failure.retryAfter()))
        .filter(pause -> again && elapsed.plus(pause).compareTo(options.maxTotal()) <= 0);
  }

  private static Duration jittered(RetryOptions options, int attempts, double random) {
    // The unit's conversion stops at its greatest value, 292 years; Duration's own would throw.
    long first = TimeUnit.NANOSECONDS.convert(options.firstDelay());
    long longest = TimeUnit.NANOSECONDS.convert(options.maxDelay());
    int doublings = Math.min(attempts - 1, MAX_DOUBLINGS);
    long full = first > longest >> doublings ? longest : first << doublings;
    return Duration.ofNanos((long) (full * (1 - random / 2)));
  }

  private static Duration longer(Duration pause, Optional<Duration> asked) {
    return asked.filter(a -> a.compareTo(pause) > 0).orElse(pause);
  }
}
