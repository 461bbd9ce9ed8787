package io.backbeat.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudServerFailureTest {
  private static final Duration WAIT = Duration.ofSeconds(7);

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, ObjNotFound, gone, again",
    "NOT_FOUND, NoSuchKey, gone, again",
    "NOT_FOUND, NoSuchVersion, gone, again",
    "NOT_FOUND, NoSuchBucket, gone, rejected",
    "ACCESS_DENIED, NoSuchEntity, rejected, rejected",
    "ACCESS_DENIED, AccessDenied, rejected, rejected",
    "INVALID_STATE, InvalidObjectState, rejected, rejected",
    "PRECONDITION_FAILED, PreconditionFailed, superseded, rejected",
    "BAD_DIGEST, BadDigest, again, again",
    "UNKNOWN_LOCATION, LocationNotFound, rejected, rejected",
    "REFUSED, InvalidRequest, rejected, rejected",
    "UNAVAILABLE, ServiceUnavailable, again, down",
    "FAILED, InternalError, again, again",
  })
  void each_kind_has_its_outcome_on_each_side(
      Kind kind, String code, String atSource, String atDestination) {
    CloudServerException error = new CloudServerException(kind, code, 1, "said so", WAIT, null);

    assertThat(CloudServerFailure.ofSource(error)).isEqualTo(outcome(atSource, code, "source"));
    assertThat(CloudServerFailure.ofDestination(error))
        .isEqualTo(outcome(atDestination, code, "destination"));
  }

  private static TaskOutcome outcome(String name, String code, String side) {
    String message = side + ": said so";
    return switch (name) {
      case "gone", "superseded" ->
          new TaskOutcome.Skipped(
              name.equals("gone")
                  ? SkipReason.SOURCE_GONE
                  : SkipReason.valueOf(name.toUpperCase(Locale.ROOT)),
              message);
      case "rejected" -> new TaskOutcome.Rejected(code, message);
      case "down" -> new TaskOutcome.DestinationDown(message, Optional.of(WAIT));
      default -> new TaskOutcome.Retryable(code, message, Optional.of(WAIT));
    };
  }
}
