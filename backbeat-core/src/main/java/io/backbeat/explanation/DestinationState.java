package io.backbeat.explanation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a destination as a whole works, as the process sees it that runs its jobs.
 *
 * @param down whether it was found down and has not worked since
 * @param until when it is tried again; empty while it works, and while it is being tried
 * @param message what was found; may be empty
 */
public record DestinationState(boolean down, Optional<Instant> until, String message) {
  /** It works, or nobody knows better. */
  public static final DestinationState UP = new DestinationState(false, Optional.empty(), "");

  /** Checks that nothing is null. */
  public DestinationState {
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(message, "message");
  }
}
