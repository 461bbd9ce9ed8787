package io.backbeat.explanation;

import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.status.HistoryKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One transition and the history it belongs to.
 *
 * @param trouble whether it is kept whatever there was before; else only all of it is kept, or what
 *     continues a history
 */
record Step(HistoryKey history, Transition transition, boolean trouble) {
  private static final int LONGEST_MESSAGE = 1_000;

  /**
   * What an event is in the history of its job; empty for bytes on their way, and for jobs that are
   * not about the status of a version. Pure.
   */
  static Optional<Step> of(JobEvent event) {
    Job job = event.job();
    if (!job.key().type().equals(JobType.REPLICATION)) {
      return Optional.empty();
    }
    if (event instanceof JobEvent.Completed) {
      return Optional.of(quiet(event, Event.COMPLETED, job.attempt() + 1));
    }
    if (event instanceof JobEvent.Queued) {
      return Optional.of(quiet(event, Event.QUEUED, job.attempt()));
    }
    if (event instanceof JobEvent.AttemptFailed failed) {
      Transition transition =
          new Transition(
              time(event.at()),
              Event.ATTEMPT_FAILED,
              job.attempt() + 1,
              Optional.of(time(failed.nextAttempt())),
              failed.errorClass(),
              shortened(failed.message()));
      return Optional.of(trouble(job, transition));
    }
    if (event instanceof JobEvent.Failed failed) {
      Transition transition =
          new Transition(
              time(event.at()),
              Event.FAILED,
              job.attempt() + 1,
              Optional.empty(),
              failed.errorClass(),
              shortened(failed.message()));
      return Optional.of(trouble(job, transition));
    }
    if (event instanceof JobEvent.Requeued) {
      return Optional.of(
          trouble(job, Transition.of(time(event.at()), Event.REQUEUED, job.attempt())));
    }
    if (event instanceof JobEvent.Dropped dropped) {
      Transition transition =
          new Transition(
              time(event.at()),
              Event.DROPPED,
              job.attempt(),
              Optional.empty(),
              "",
              shortened(dropped.reason()));
      return Optional.of(trouble(job, transition));
    }
    return Optional.empty();
  }

  private static Step trouble(Job job, Transition transition) {
    return new Step(HistoryKey.of(job.object(), job.location()), transition, true);
  }

  /** What happens to every job is trouble only after attempts that failed. */
  private static Step quiet(JobEvent event, Event what, int attempts) {
    Job job = event.job();
    return new Step(
        HistoryKey.of(job.object(), job.location()),
        Transition.of(time(event.at()), what, attempts),
        job.attempt() > 0);
  }

  /** As every store keeps it, and as it is told over HTTP. */
  static Instant time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  static String shortened(String message) {
    if (message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    boolean pair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
    return message.substring(0, pair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE) + "…";
  }
}
