package io.backbeat.status;

import io.backbeat.job.Job;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.Objects;

/**
 * An attempt that has come to an end.
 *
 * @param job the job as it was delivered
 * @param outcome what it came to; never {@link TaskOutcome.DestinationDown}, which ends no attempt
 * @param at when
 */
public record FinishedAttempt(Job job, TaskOutcome outcome, Instant at) {
  /** Checks that the outcome ends the attempt. */
  public FinishedAttempt {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(at, "at");
    if (outcome instanceof TaskOutcome.DestinationDown) {
      throw new IllegalArgumentException(
          "a destination that is down ends no attempt: " + job.key());
    }
  }
}
