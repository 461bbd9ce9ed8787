package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Desired and observed state of one service at one location.
 *
 * @param service the service
 * @param location the location
 * @param target what is wanted; durable
 * @param observed what an engine last reported; lags behind {@code target} for as long as jobs in
 *     flight take
 * @param resumeAt when a pause is to end by itself; empty for never, and always when {@code target}
 *     is RUNNING
 * @param revision grows with every change of {@code target} or {@code resumeAt}
 */
public record LocationStatus(
    ServiceName service,
    LocationName location,
    TargetState target,
    ObservedState observed,
    Optional<Instant> resumeAt,
    long revision) {
  /** Checks that a schedule exists only while paused. */
  public LocationStatus {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(observed, "observed");
    if (resumeAt.isPresent() && target == TargetState.RUNNING) {
      throw new IllegalArgumentException(
          "resumeAt must be empty while " + location + " is RUNNING, was " + resumeAt.get());
    }
  }
}
