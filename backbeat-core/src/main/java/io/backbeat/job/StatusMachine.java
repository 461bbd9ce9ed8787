package io.backbeat.job;

import static io.backbeat.api.SiteStatus.COMPLETED;
import static io.backbeat.api.SiteStatus.FAILED;
import static io.backbeat.api.SiteStatus.PENDING;

import io.backbeat.api.SiteStatus;
import java.util.List;
import java.util.Optional;

/**
 * The status of one version at one location: every transition there is, once. A pair that is not in
 * the table changes nothing. One row leaves COMPLETED, and only an operator asks for it; else only
 * a new client write does, and that is not an event but a new revision.
 */
public final class StatusMachine {
  /** One row of the table. */
  public record Transition(SiteStatus from, StatusEvent on, SiteStatus to) {}

  /** The table. */
  public static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(PENDING, StatusEvent.REPLICATED, COMPLETED),
          new Transition(PENDING, StatusEvent.SOURCE_CHANGED, PENDING),
          new Transition(PENDING, StatusEvent.ATTEMPT_FAILED, PENDING),
          new Transition(PENDING, StatusEvent.ATTEMPTS_EXHAUSTED, FAILED),
          new Transition(PENDING, StatusEvent.SKIPPED, FAILED),
          new Transition(PENDING, StatusEvent.RETRY_REQUESTED, PENDING),
          new Transition(FAILED, StatusEvent.REPLICATED, COMPLETED),
          new Transition(FAILED, StatusEvent.SOURCE_CHANGED, PENDING),
          new Transition(FAILED, StatusEvent.ATTEMPT_FAILED, FAILED),
          new Transition(FAILED, StatusEvent.ATTEMPTS_EXHAUSTED, FAILED),
          new Transition(FAILED, StatusEvent.SKIPPED, FAILED),
          new Transition(FAILED, StatusEvent.RETRY_REQUESTED, PENDING),
          new Transition(PENDING, StatusEvent.RESYNC_REQUESTED, PENDING),
          new Transition(FAILED, StatusEvent.RESYNC_REQUESTED, PENDING),
          new Transition(COMPLETED, StatusEvent.RESYNC_REQUESTED, PENDING));

  private StatusMachine() {}

  /** The status after an event, or empty if the event means nothing in that status. */
  public static Optional<SiteStatus> next(SiteStatus from, StatusEvent on) {
    return TRANSITIONS.stream()
        .filter(t -> t.from() == from && t.on() == on)
        .map(Transition::to)
        .findFirst();
  }
}
