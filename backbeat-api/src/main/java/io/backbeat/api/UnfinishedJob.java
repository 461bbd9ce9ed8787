package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The job that is to bring a version to a location.
 *
 * @param state where it stands
 * @param attempts attempts made since it was queued, or since an operator asked for another one
 * @param createdAt when the client write happened that it is about
 * @param lastFailure how its last failed attempt failed; empty if none has
 * @param nextAttempt when the next attempt is due; present exactly while WAITING
 * @param queuePosition how many records are at most dealt with before it; empty unless QUEUED, or
 *     if the queue cannot tell. An estimate from how far the partition is: where locations share a
 *     log, records of others count too, and those behind the job always do
 */
public record UnfinishedJob(
    State state,
    int attempts,
    Instant createdAt,
    Optional<Failure> lastFailure,
    Optional<Instant> nextAttempt,
    OptionalLong queuePosition) {
  /** Where an unfinished job stands. */
  public enum State {
    /** In its queue, or being run. */
    QUEUED,
    /** Out of its queue until its next attempt is due. */
    WAITING,
    /** Failed for good; stays until it is retried, superseded or removed. */
    FAILED
  }

  /**
   * A failed attempt.
   *
   * @param at when
   * @param errorClass a short, stable name of the kind of error
   * @param message what happened, for people
   */
  public record Failure(Instant at, String errorClass, String message) {
    /** Checks that nothing is null. */
    public Failure {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(errorClass, "errorClass");
      Objects.requireNonNull(message, "message");
    }
  }

  /** Checks that state and fields agree. */
  public UnfinishedJob {
    Objects.requireNonNull(state, "state");
    Checks.notNegative(attempts, "attempts");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(lastFailure, "lastFailure");
    Objects.requireNonNull(queuePosition, "queuePosition");
    if (nextAttempt.isPresent() != (state == State.WAITING)) {
      throw new IllegalArgumentException(
          "nextAttempt must be present exactly while WAITING, was "
              + nextAttempt
              + " while "
              + state);
    }
    queuePosition.ifPresent(position -> Checks.notNegative(position, "queuePosition"));
    if (queuePosition.isPresent() && state != State.QUEUED) {
      throw new IllegalArgumentException("queuePosition must be empty while " + state);
    }
  }
}
