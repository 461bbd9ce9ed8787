package io.backbeat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureOutcomeTest {
  @ParameterizedTest(name = "{0}: source -> {1}, destination -> {2}")
  @CsvSource({
    "GONE,              Skipped SOURCE_GONE,          Retryable InputOutputError",
    "CHANGED,           Skipped SUPERSEDED,           Retryable InputOutputError",
    "ACCESS_DENIED,     Rejected AccessDenied,        Rejected AccessDenied",
    "UNREACHABLE,       Retryable SourceUnreachable,  DestinationDown",
    "NO_SPACE,          Retryable SourceUnreachable,  DestinationDown",
    "CHECKSUM_MISMATCH, Retryable ChecksumMismatch,   Retryable ChecksumMismatch",
    "INVALID_KEY,       Rejected InvalidKey,          Rejected InvalidKey",
    "KEY_CONFLICT,      Retryable KeyConflict,        Retryable KeyConflict",
    "REFUSED,           Rejected RequestRefused,      Rejected RequestRefused",
    "IO,                Retryable InputOutputError,   Retryable InputOutputError",
  })
  void every_error_has_an_outcome_that_depends_on_the_side(
      Kind kind, String ofSource, String ofDestination) {
    ObjectStoreException error = new ObjectStoreException(kind, "why");

    assertThat(brief(FailureOutcome.ofSource(error))).isEqualTo(ofSource);
    assertThat(brief(FailureOutcome.ofDestination(error))).isEqualTo(ofDestination);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void no_error_of_the_source_counts_against_the_destination(Kind kind) {
    assertThat(FailureOutcome.ofSource(new ObjectStoreException(kind, "why")))
        .isNotInstanceOf(TaskOutcome.DestinationDown.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNREACHABLE", "NO_SPACE"})
  void a_destination_that_is_down_may_say_until_when(Kind kind) {
    Duration later = Duration.ofSeconds(7);

    assertThat(FailureOutcome.ofDestination(new ObjectStoreException(kind, "why", null, later)))
        .isEqualTo(new TaskOutcome.DestinationDown("destination: why", Optional.of(later)));
  }

  private static String brief(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Skipped skipped) {
      SkipReason reason = skipped.reason();
      return "Skipped " + reason;
    }
    if (outcome instanceof TaskOutcome.Rejected rejected) {
      return "Rejected " + rejected.errorClass();
    }
    if (outcome instanceof TaskOutcome.Retryable retryable) {
      return "Retryable " + retryable.errorClass();
    }
    return outcome.getClass().getSimpleName();
  }
}
