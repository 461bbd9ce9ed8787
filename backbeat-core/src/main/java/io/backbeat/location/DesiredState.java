package io.backbeat.location;

import io.backbeat.api.LocationStatus;
import io.backbeat.api.TargetState;
import java.time.Instant;
import java.util.Optional;

/**
 * What is wanted of a location, and what each command makes of it. Pure: the only place where the
 * rules of pause and resume are decided.
 *
 * @param target whether jobs are to be run
 * @param resumeAt when a pause is to end by itself; empty while RUNNING
 */
record DesiredState(TargetState target, Optional<Instant> resumeAt) {
  static final DesiredState RUNNING = new DesiredState(TargetState.RUNNING, Optional.empty());
  static final DesiredState PAUSED = new DesiredState(TargetState.PAUSED, Optional.empty());

  static DesiredState of(LocationStatus status) {
    return new DesiredState(status.target(), status.resumeAt());
  }

  static DesiredState initial(TargetState target) {
    return new DesiredState(target, Optional.empty());
  }

  /** A location that is paused already keeps its schedule. */
  DesiredState paused() {
    return isPaused() ? this : PAUSED;
  }

  DesiredState resumed() {
    return RUNNING;
  }

  /**
   * Replaces an earlier schedule; means nothing to a location that runs; an instant that is not in
   * the future resumes now.
   */
  DesiredState resumedAt(Instant when, Instant now) {
    if (!isPaused()) {
      return this;
    }
    return when.isAfter(now) ? new DesiredState(TargetState.PAUSED, Optional.of(when)) : RUNNING;
  }

  DesiredState withoutSchedule() {
    return isPaused() ? PAUSED : this;
  }

  /** Whether the schedule says that the pause is over. */
  boolean due(Instant now) {
    return isPaused() && resumeAt.filter(when -> !when.isAfter(now)).isPresent();
  }

  private boolean isPaused() {
    return target == TargetState.PAUSED;
  }
}
