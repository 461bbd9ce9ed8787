package io.backbeat.explanation;

import io.backbeat.api.Blocker;
import io.backbeat.api.Blocker.Reason;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what keeps a version from a location. Pure. */
final class Blocking {
  /**
   * How long after the time of the next trial a destination is still said to be down, if its
   * history tells nothing newer: a trial takes a while, and a process that was stopped tells
   * nothing any more.
   */
  static final Duration TRIAL = Duration.ofMinutes(1);

  private Blocking() {}

  /** What has to end first comes first; nothing blocks what is there. */
  static List<Blocker> of(LocationFacts facts, Instant now) {
    SiteStatus status = facts.site().status();
    if (status == SiteStatus.COMPLETED || status == SiteStatus.REPLICA) {
      return List.of();
    }
    List<Blocker> blockers = new ArrayList<>();
    if (facts.location().isEmpty()) {
      blockers.add(Blocker.of(Reason.NOT_CONFIGURED));
    }
    if (status == SiteStatus.FAILED) {
      blockers.add(failed(facts.job()));
    }
    facts
        .location()
        .filter(location -> location.target() == TargetState.PAUSED)
        .ifPresent(
            paused ->
                blockers.add(new Blocker(Reason.PAUSED, paused.resumeAt().map(Step::time), "")));
    down(facts, now).ifPresent(blockers::add);
    if (status == SiteStatus.PENDING) {
      facts
          .job()
          .ifPresentOrElse(
              entry -> pending(entry, facts).ifPresent(blockers::add),
              () -> blockers.add(Blocker.of(Reason.NO_JOB)));
    }
    return blockers;
  }

  private static Blocker failed(Optional<LedgerEntry> job) {
    String why =
        job.flatMap(LedgerEntry::failure)
            .map(failure -> failure.errorClass() + ": " + failure.message())
            .orElse("");
    return new Blocker(Reason.FAILED, Optional.empty(), why);
  }

  /** This process knows for itself, or what another one has written down. */
  private static Optional<Blocker> down(LocationFacts facts, Instant now) {
    Optional<DestinationState> here = facts.destination().filter(DestinationState::down);
    if (here.isPresent()) {
      return here.map(
          state ->
              new Blocker(Reason.DESTINATION_DOWN, state.until().map(Step::time), state.message()));
    }
    return facts.locationHistory().stream()
        .filter(t -> t.event() == Event.DESTINATION_DOWN || t.event() == Event.DESTINATION_UP)
        .findFirst()
        .filter(newest -> newest.event() == Event.DESTINATION_DOWN)
        .filter(newest -> newest.until().map(u -> u.plus(TRIAL)).orElse(Instant.MIN).isAfter(now))
        .map(Blocking::recorded);
  }

  private static Blocker recorded(Transition down) {
    return new Blocker(Reason.DESTINATION_DOWN, down.until(), down.message());
  }

  private static Optional<Blocker> pending(LedgerEntry entry, LocationFacts facts) {
    if (entry.state() == JobState.WAITING) {
      return entry.nextAttempt().map(due -> Blocker.until(Reason.NEXT_ATTEMPT, Step.time(due)));
    }
    if (entry.state() == JobState.FAILED) {
      return Optional.of(failed(Optional.of(entry)));
    }
    return facts.ahead().isPresent() && facts.ahead().getAsLong() > 0
        ? Optional.of(
            new Blocker(
                Reason.QUEUE,
                Optional.empty(),
                "at most " + facts.ahead().getAsLong() + " records before it"))
        : Optional.empty();
  }
}
