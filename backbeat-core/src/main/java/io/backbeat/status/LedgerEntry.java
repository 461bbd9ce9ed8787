package io.backbeat.status;

import io.backbeat.job.Job;
import io.backbeat.queue.RefusedJob;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One unfinished job. There is at most one entry per {@link io.backbeat.job.JobKey}.
 *
 * @param job the job, with the number of attempts made
 * @param state where it stands
 * @param failure how its attempts failed; empty if none has
 * @param nextAttempt when the next attempt is due; present exactly while WAITING
 * @param marker orders failed entries of a location, newer ones have greater markers; given by the
 *     store, 0 while not FAILED
 */
public record LedgerEntry(
    Job job,
    JobState state,
    Optional<Failure> failure,
    Optional<Instant> nextAttempt,
    long marker) {
  /**
   * How the attempts of a job failed.
   *
   * @param first when the first one failed
   * @param last when the last one failed
   * @param errorClass a short, stable name of the kind of the last error
   * @param message the last error, for people
   */
  public record Failure(Instant first, Instant last, String errorClass, String message) {
    /** Checks that nothing is null. */
    public Failure {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(last, "last");
      Objects.requireNonNull(errorClass, "errorClass");
      Objects.requireNonNull(message, "message");
    }

    /** A job that could not even be queued. */
    public static Failure of(RefusedJob refused, Instant at) {
      String why = String.valueOf(refused.why().getMessage());
      return new Failure(at, at, refused.why().code().wireName(), why);
    }
  }

  /** Checks that state and fields agree. */
  public LedgerEntry {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(failure, "failure");
    if (nextAttempt.isPresent() != (state == JobState.WAITING)) {
      throw new IllegalArgumentException(
          "nextAttempt must be present exactly while WAITING, was "
              + nextAttempt
              + " while "
              + state);
    }
    if (state == JobState.FAILED && failure.isEmpty()) {
      throw new IllegalArgumentException("a FAILED job must say how it failed: " + job.key());
    }
  }

  /** A job that was just queued for the first time. */
  public static LedgerEntry queued(Job job) {
    return new LedgerEntry(job, JobState.QUEUED, Optional.empty(), Optional.empty(), 0);
  }

  /** The same entry with another number of attempts made. */
  public LedgerEntry withAttempt(int attemptsMade) {
    return new LedgerEntry(job.withAttempt(attemptsMade), state, failure, nextAttempt, marker);
  }

  /** The same entry without the payload of its job, to be looked at. */
  public LedgerEntry withoutPayload() {
    return new LedgerEntry(job.withoutPayload(), state, failure, nextAttempt, marker);
  }

  /** A job whose next attempt is due later. */
  public static LedgerEntry waiting(Job job, Failure failure, Instant nextAttempt) {
    return new LedgerEntry(
        job, JobState.WAITING, Optional.of(failure), Optional.of(nextAttempt), 0);
  }

  /** A job that failed for good. */
  public static LedgerEntry failed(Job job, Failure failure) {
    return new LedgerEntry(job, JobState.FAILED, Optional.of(failure), Optional.empty(), 0);
  }
}
