package io.backbeat.cloudserver;

import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.io.InterruptedIOException;

/**
 * What an error of a CloudServer makes of a job. Pure; one row per kind and side. The kind of error
 * that operators see is the server's own code.
 *
 * <p>What the original skips without a word, so that the version stays PENDING for ever, ends in a
 * listed state: a source that is gone is SOURCE_GONE, by whatever code the server says so; a role
 * that is refused or unknown is rejected, and can be retried once someone has changed it.
 *
 * <p>An error of the source never counts as {@link TaskOutcome.DestinationDown}: it says nothing
 * about the destination, whose other jobs may go on.
 */
public final class CloudServerFailure {
  private static final String NO_SUCH_BUCKET = "NoSuchBucket";

  private CloudServerFailure() {}

  /** For an error met while reading the source. */
  public static TaskOutcome ofSource(CloudServerException error) {
    String message = "source: " + error.getMessage();
    return switch (error.kind()) {
      case NOT_FOUND -> new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, message);
      case PRECONDITION_FAILED -> new TaskOutcome.Skipped(SkipReason.SUPERSEDED, message);
      case ACCESS_DENIED, INVALID_STATE, UNKNOWN_LOCATION, REFUSED ->
          new TaskOutcome.Rejected(error.code(), message);
      case BAD_DIGEST, UNAVAILABLE, FAILED -> retryable(error, message);
    };
  }

  /** For an error met while writing to the destination. */
  public static TaskOutcome ofDestination(CloudServerException error) {
    String message = "destination: " + error.getMessage();
    return switch (error.kind()) {
      case UNAVAILABLE -> new TaskOutcome.DestinationDown(message, error.retryAfter());
      case NOT_FOUND ->
          error.code().equals(NO_SUCH_BUCKET)
              ? new TaskOutcome.Rejected(error.code(), message)
              : retryable(error, message);
      case ACCESS_DENIED, INVALID_STATE, PRECONDITION_FAILED, UNKNOWN_LOCATION, REFUSED ->
          new TaskOutcome.Rejected(error.code(), message);
      case BAD_DIGEST, FAILED -> retryable(error, message);
    };
  }

  /**
   * The same error, unless the thread was interrupted: then the attempt has no outcome, and the
   * engine delivers the job again.
   */
  public static CloudServerException notInterrupted(CloudServerException error)
      throws InterruptedException {
    if (isInterrupted(error)) {
      // An InterruptedException stands for the interrupt, which would otherwise hit whatever the
      // thread does next.
      Thread.interrupted();
      throw new InterruptedException(error.getMessage());
    }
    return error;
  }

  /** Whether it only says that the thread which made the request was to stop. */
  public static boolean isInterrupted(CloudServerException error) {
    return error.getCause() instanceof InterruptedIOException;
  }

  /** Whether the server says that the object is not there, and not its bucket. */
  public static boolean isMissingObject(CloudServerException error) {
    return error.kind() == CloudServerException.Kind.NOT_FOUND
        && !error.code().equals(NO_SUCH_BUCKET);
  }

  private static TaskOutcome retryable(CloudServerException error, String message) {
    return new TaskOutcome.Retryable(error.code(), message, error.retryAfter());
  }
}
