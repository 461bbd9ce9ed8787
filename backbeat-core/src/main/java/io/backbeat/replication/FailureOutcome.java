package io.backbeat.replication;

import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What an error of a store makes of a replication job. Pure; one row per kind and side.
 *
 * <p>An error of the source never counts as {@link TaskOutcome.DestinationDown}: it says nothing
 * about the destination, whose other jobs may go on. A full destination does count as down: every
 * job to it would fail, and spend its attempts, until somebody makes room.
 */
public final class FailureOutcome {
  static final String ACCESS_DENIED = "AccessDenied";
  static final String CHECKSUM_MISMATCH = "ChecksumMismatch";
  static final String INVALID_KEY = "InvalidKey";
  static final String IO_ERROR = "InputOutputError";
  static final String KEY_CONFLICT = "KeyConflict";
  static final String REQUEST_REFUSED = "RequestRefused";
  static final String SOURCE_UNREACHABLE = "SourceUnreachable";

  private FailureOutcome() {}

  /** For an error met while reading the source. CANCELLED is no error and must not come here. */
  public static TaskOutcome ofSource(ObjectStoreException error) {
    String message = "source: " + error.getMessage();
    return switch (error.kind()) {
      case GONE -> new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, message);
      case CHANGED -> new TaskOutcome.Skipped(SkipReason.SUPERSEDED, message);
      case ACCESS_DENIED -> new TaskOutcome.Rejected(ACCESS_DENIED, message);
      case INVALID_KEY -> new TaskOutcome.Rejected(INVALID_KEY, message);
      case REFUSED -> new TaskOutcome.Rejected(REQUEST_REFUSED, message);
      case UNREACHABLE, NO_SPACE -> retryable(SOURCE_UNREACHABLE, message, error.retryAfter());
      case CHECKSUM_MISMATCH -> retryable(CHECKSUM_MISMATCH, message, error.retryAfter());
      case KEY_CONFLICT -> retryable(KEY_CONFLICT, message, error.retryAfter());
      case IO, CANCELLED -> retryable(IO_ERROR, message, error.retryAfter());
    };
  }

  /**
   * For an error met while writing to the destination. CANCELLED is no error and must not come
   * here.
   */
  public static TaskOutcome ofDestination(ObjectStoreException error) {
    String message = "destination: " + error.getMessage();
    return switch (error.kind()) {
      case UNREACHABLE, NO_SPACE -> new TaskOutcome.DestinationDown(message, error.retryAfter());
      case ACCESS_DENIED -> new TaskOutcome.Rejected(ACCESS_DENIED, message);
      case INVALID_KEY -> new TaskOutcome.Rejected(INVALID_KEY, message);
      case REFUSED -> new TaskOutcome.Rejected(REQUEST_REFUSED, message);
      case CHECKSUM_MISMATCH -> retryable(CHECKSUM_MISMATCH, message, error.retryAfter());
      // The job that removes the other object may still be on its way.
      case KEY_CONFLICT -> retryable(KEY_CONFLICT, message, error.retryAfter());
      case GONE, CHANGED, IO, CANCELLED -> retryable(IO_ERROR, message, error.retryAfter());
    };
  }

  private static TaskOutcome retryable(
      String errorClass, String message, Optional<Duration> retryAfter) {
    return new TaskOutcome.Retryable(errorClass, message, retryAfter);
  }
}
