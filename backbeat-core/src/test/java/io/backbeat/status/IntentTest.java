package io.backbeat.status;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.job.StatusEvent;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IntentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final RetryPolicy THREE_ATTEMPTS =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0);

  @Test
  void a_success_completes() {
    assertThat(intent(0, new TaskOutcome.Replicated("v7"))).isEqualTo(new Intent.Complete("v7"));
  }

  @Test
  void a_rejection_gives_up_at_once() {
    assertThat(intent(0, new TaskOutcome.Rejected("AccessDenied", "no")))
        .isEqualTo(new Intent.GiveUp(StatusEvent.ATTEMPTS_EXHAUSTED, "AccessDenied", "no"));
  }

  @Test
  void a_failure_is_tried_again_after_a_delay_that_grows() {
    TaskOutcome failed = new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());
    assertThat(intent(0, failed))
        .isEqualTo(new Intent.TryAgain("Timeout", "slow", NOW.plusSeconds(10)));
    assertThat(intent(1, failed))
        .isEqualTo(new Intent.TryAgain("Timeout", "slow", NOW.plusSeconds(20)));
  }

  @Test
  void the_last_attempt_gives_up() {
    assertThat(intent(2, new TaskOutcome.Retryable("Timeout", "slow", Optional.empty())))
        .isEqualTo(new Intent.GiveUp(StatusEvent.ATTEMPTS_EXHAUSTED, "Timeout", "slow"));
  }

  @Test
  void a_destination_that_asks_for_time_gets_it() {
    assertThat(
            intent(
                0, new TaskOutcome.Retryable("SlowDown", "", Optional.of(Duration.ofMinutes(2)))))
        .isEqualTo(new Intent.TryAgain("SlowDown", "", NOW.plusSeconds(120)));
    assertThat(
            intent(
                0, new TaskOutcome.Retryable("SlowDown", "", Optional.of(Duration.ofSeconds(1)))))
        .as("our own delay is longer")
        .isEqualTo(new Intent.TryAgain("SlowDown", "", NOW.plusSeconds(10)));
  }

  @Test
  void a_source_that_is_gone_is_listed_and_not_silent() {
    assertThat(intent(0, new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "deleted")))
        .isEqualTo(new Intent.GiveUp(StatusEvent.SKIPPED, "SourceGone", "deleted"));
  }

  @Test
  void a_source_that_changed_is_tried_again_until_its_own_job_has_come() {
    TaskOutcome superseded = new TaskOutcome.Skipped(SkipReason.SUPERSEDED, "newer");
    assertThat(intent(0, superseded))
        .isEqualTo(new Intent.TryAgain("SourceChanged", "newer", NOW.plusSeconds(10)));
    assertThat(intent(2, superseded))
        .isEqualTo(new Intent.GiveUp(StatusEvent.ATTEMPTS_EXHAUSTED, "SourceChanged", "newer"));
  }

  @Test
  void a_destination_that_is_down_ends_no_attempt() {
    assertThatThrownBy(() -> intent(0, new TaskOutcome.DestinationDown("down", Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Intent intent(int attemptsMade, TaskOutcome outcome) {
    return Intent.of(
        new FinishedAttempt(aJob().attempt(attemptsMade).build(), outcome, NOW),
        THREE_ATTEMPTS,
        RandomGenerator.getDefault());
  }
}
