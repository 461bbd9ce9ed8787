package io.backbeat.kafka;

import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.StatusChange;

/** What a message of the status topic tells. */
sealed interface StatusNews {
  /**
   * An attempt at a job has ended.
   *
   * @param attempt what it was
   * @param counted whether the message knows how many attempts were made before; those of the
   *     original only do when the job came from a replay topic
   */
  record Ended(FinishedAttempt attempt, boolean counted) implements StatusNews {}

  /** An operator asked an API of the original for another attempt, and it has queued the job. */
  record RetryQueued(StatusChange change) implements StatusNews {}
}
