package io.backbeat.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a location will have caught up.
 *
 * @param state whether it will, and if that cannot be said, why not
 * @param eta how long it will take if all goes on as in the last minutes; present exactly when
 *     {@link CatchUpState#hasEta}; never negative
 */
public record CatchUp(CatchUpState state, Optional<Duration> eta) {
  /** Checks that state and time agree. */
  public CatchUp {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(eta, "eta");
    if (eta.isPresent() != state.hasEta()) {
      throw new IllegalArgumentException(
          state + (state.hasEta() ? " must have an ETA" : " must not have an ETA, has " + eta));
    }
    eta.ifPresent(e -> Checks.notNegative(e, "eta"));
  }

  /** A state that says when. */
  public static CatchUp in(CatchUpState state, Duration eta) {
    return new CatchUp(state, Optional.of(eta));
  }

  /** A state that says why nobody knows when. */
  public static CatchUp unknown(CatchUpState state) {
    return new CatchUp(state, Optional.empty());
  }
}
