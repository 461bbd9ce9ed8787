package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.status.FinishedAttempt;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a message about a status cannot say and our own processors know, in headers of the record,
 * where processes of the original do not look.
 *
 * @param revision which client write asked for the job
 * @param attempt attempts made before this one
 * @param createdAt when the client write happened
 * @param outcome what the attempt came to
 */
record StatusHeaders(String revision, int attempt, Instant createdAt, TaskOutcome outcome) {
  private static final String PREFIX = "backbeat-";
  private static final String REVISION = PREFIX + "revision";
  private static final String ATTEMPT = PREFIX + "attempt";
  private static final String CREATED_AT = PREFIX + "created-at";
  private static final String OUTCOME = PREFIX + "outcome";
  private static final String VERSION_ID = PREFIX + "version-id";
  private static final String ERROR_CLASS = PREFIX + "error-class";
  private static final String MESSAGE = PREFIX + "message";
  private static final String RETRY_AFTER = PREFIX + "retry-after-ms";
  private static final String SKIP_REASON = PREFIX + "skip-reason";

  /** Messages of errors can be as long as whatever a destination answers. */
  private static final int LONGEST = 4_096;

  private static final String REPLICATED = "replicated";
  private static final String RETRYABLE = "retryable";
  private static final String REJECTED = "rejected";
  private static final String SKIPPED = "skipped";

  /** The headers of an attempt. */
  static List<Header> of(FinishedAttempt attempt) {
    List<Header> headers = new ArrayList<>(8);
    add(headers, REVISION, attempt.job().revision());
    add(headers, ATTEMPT, Integer.toString(attempt.job().attempt()));
    add(headers, CREATED_AT, attempt.job().createdAt().toString());
    TaskOutcome outcome = attempt.outcome();
    if (outcome instanceof TaskOutcome.Replicated done) {
      add(headers, OUTCOME, REPLICATED);
      add(headers, VERSION_ID, done.dataStoreVersionId());
    } else if (outcome instanceof TaskOutcome.Retryable failed) {
      add(headers, OUTCOME, RETRYABLE);
      add(headers, ERROR_CLASS, failed.errorClass());
      add(headers, MESSAGE, failed.message());
      failed
          .retryAfter()
          .ifPresent(after -> add(headers, RETRY_AFTER, Long.toString(after.toMillis())));
    } else if (outcome instanceof TaskOutcome.Rejected rejected) {
      add(headers, OUTCOME, REJECTED);
      add(headers, ERROR_CLASS, rejected.errorClass());
      add(headers, MESSAGE, rejected.message());
    } else if (outcome instanceof TaskOutcome.Skipped skipped) {
      add(headers, OUTCOME, SKIPPED);
      add(headers, SKIP_REASON, skipped.reason().name());
      add(headers, MESSAGE, skipped.detail());
    }
    return headers;
  }

  /**
   * Reads headers.
   *
   * @return empty for a record that none of our processors wrote
   * @throws IllegalArgumentException if they are not ours to the letter; says why
   */
  static Optional<StatusHeaders> read(Headers headers) {
    if (headers.lastHeader(OUTCOME) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StatusHeaders(
              text(headers, REVISION),
              Integer.parseInt(text(headers, ATTEMPT)),
              Instant.parse(text(headers, CREATED_AT)),
              outcome(headers)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "headers " + PREFIX + "* must be those of a finished attempt: " + e.getMessage(), e);
    }
  }

  private static TaskOutcome outcome(Headers headers) {
    String kind = text(headers, OUTCOME);
    return switch (kind) {
      case REPLICATED -> new TaskOutcome.Replicated(text(headers, VERSION_ID));
      case RETRYABLE ->
          new TaskOutcome.Retryable(
              text(headers, ERROR_CLASS), text(headers, MESSAGE), retryAfter(headers));
      case REJECTED -> new TaskOutcome.Rejected(text(headers, ERROR_CLASS), text(headers, MESSAGE));
      case SKIPPED ->
          new TaskOutcome.Skipped(
              SkipReason.valueOf(text(headers, SKIP_REASON)), text(headers, MESSAGE));
      default -> throw new IllegalArgumentException("unknown outcome \"" + kind + '"');
    };
  }

  private static Optional<Duration> retryAfter(Headers headers) {
    String millis = text(headers, RETRY_AFTER);
    return millis.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Long.parseLong(millis)));
  }

  private static String text(Headers headers, String name) {
    @Nullable Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  private static void add(List<Header> headers, String name, String value) {
    String some = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    headers.add(new RecordHeader(name, some.getBytes(UTF_8)));
  }
}
