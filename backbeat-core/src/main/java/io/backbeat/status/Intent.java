package io.backbeat.status;

import io.backbeat.job.StatusEvent;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** What an outcome asks for, before the stored status has had its say. */
sealed interface Intent {
  /** Error class of a job whose source moved on before the copy was made. */
  String SOURCE_CHANGED = "SourceChanged";

  /** The job is done. */
  record Complete(String dataStoreVersionId) implements Intent {}

  /** Another attempt at a later time. */
  record TryAgain(String errorClass, String message, Instant nextAttempt) implements Intent {}

  /** No further attempt by itself. */
  record GiveUp(StatusEvent event, String errorClass, String message) implements Intent {}

  /**
   * Decides. Pure but for the jitter.
   *
   * <p>A superseded job is tried again: by then the newer change has normally arrived and drops it,
   * and if it never arrives the job ends as a listed failure instead of staying PENDING in silence.
   */
  static Intent of(FinishedAttempt attempt, RetryPolicy policy, RandomGenerator random) {
    TaskOutcome outcome = attempt.outcome();
    if (outcome instanceof TaskOutcome.Replicated done) {
      return new Complete(done.dataStoreVersionId());
    }
    if (outcome instanceof TaskOutcome.Rejected rejected) {
      return new GiveUp(StatusEvent.ATTEMPTS_EXHAUSTED, rejected.errorClass(), rejected.message());
    }
    if (outcome instanceof TaskOutcome.Skipped skipped) {
      return skipped.reason() == SkipReason.SOURCE_GONE
          ? new GiveUp(StatusEvent.SKIPPED, "SourceGone", skipped.detail())
          : again(attempt, SOURCE_CHANGED, skipped.detail(), Duration.ZERO, policy, random);
    }
    if (outcome instanceof TaskOutcome.Retryable failed) {
      return again(
          attempt,
          failed.errorClass(),
          failed.message(),
          failed.retryAfter().orElse(Duration.ZERO),
          policy,
          random);
    }
    throw new IllegalArgumentException("not the end of an attempt: " + outcome);
  }

  private static Intent again(
      FinishedAttempt attempt,
      String errorClass,
      String message,
      Duration notBefore,
      RetryPolicy policy,
      RandomGenerator random) {
    int attemptsMade = attempt.job().attempt() + 1;
    if (attemptsMade >= policy.maxAttempts()) {
      return new GiveUp(StatusEvent.ATTEMPTS_EXHAUSTED, errorClass, message);
    }
    Duration delay = policy.delayAfter(attemptsMade, random);
    return new TryAgain(
        errorClass, message, attempt.at().plus(delay.compareTo(notBefore) < 0 ? notBefore : delay));
  }
}
