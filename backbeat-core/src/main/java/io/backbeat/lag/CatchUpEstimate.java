package io.backbeat.lag;

import io.backbeat.api.Amount;
import io.backbeat.api.CatchUp;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.Rate;
import java.time.Duration;

/**
 * When a location will have caught up. Pure.
 *
 * <p>Objects and bytes are estimated each for itself, and the worse one counts: one large object is
 * not done as fast as many small ones, and many small ones not as fast as their few bytes. A
 * backlog that the location would complete within {@link #PASSAGE} is what passes through it at any
 * moment, also when as much comes in as is completed; anything longer shrinks only by what is
 * completed beyond what comes in.
 */
final class CatchUpEstimate {
  /** What is done so soon is on its way, not behind. */
  static final Duration PASSAGE = Duration.ofSeconds(10);

  /** Whoever would take longer does not catch up in any sense that helps. */
  static final Duration LONGEST = Duration.ofDays(365);

  private CatchUpEstimate() {}

  /** An estimate from what is pending and what moved in the last minutes. */
  static CatchUp of(Amount pending, Rate arrivals, Rate completions, boolean paused, boolean down) {
    if (pending.count() <= 0) {
      return CatchUp.in(CatchUpState.CAUGHT_UP, Duration.ZERO);
    }
    if (paused) {
      return CatchUp.unknown(CatchUpState.PAUSED);
    }
    if (down) {
      return CatchUp.unknown(CatchUpState.DESTINATION_DOWN);
    }
    CatchUp objects =
        of(pending.count(), arrivals.objectsPerSecond(), completions.objectsPerSecond());
    if (pending.size() <= 0) {
      return objects;
    }
    return worse(
        objects, of(pending.size(), arrivals.bytesPerSecond(), completions.bytesPerSecond()));
  }

  private static CatchUp of(long pending, double arriving, double completed) {
    if (completed <= 0) {
      return CatchUp.unknown(CatchUpState.STANDING_STILL);
    }
    double passing = pending / completed;
    if (passing <= PASSAGE.toSeconds()) {
      return CatchUp.in(CatchUpState.KEEPING_UP, seconds(passing));
    }
    double left = pending / (completed - arriving);
    return completed <= arriving || left > LONGEST.toSeconds()
        ? CatchUp.unknown(CatchUpState.FALLING_BEHIND)
        : CatchUp.in(CatchUpState.CATCHING_UP, seconds(left));
  }

  /** The states stand from good to bad; of two that are equally good the later end is worse. */
  private static CatchUp worse(CatchUp one, CatchUp other) {
    int difference = one.state().compareTo(other.state());
    if (difference == 0) {
      return one.eta().orElse(Duration.ZERO).compareTo(other.eta().orElse(Duration.ZERO)) >= 0
          ? one
          : other;
    }
    return difference > 0 ? one : other;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }
}
