package io.backbeat.kafka;

import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.StatusChange;

/** What a message of the status topic tells. */
sealed interface StatusNews {
  /** An attempt at a job has ended. */
  record Ended(FinishedAttempt attempt) implements StatusNews {}

  /** An operator asked an API of the original for another attempt, and it has queued the job. */
  record RetryQueued(StatusChange change) implements StatusNews {}
}
