package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Errors of Kafka in our words. */
final class KafkaErrors {
  private KafkaErrors() {}

  /**
   * What went wrong.
   *
   * @param what what was tried, such as {@code writing to topic x}
   */
  static BackbeatException of(String servers, String what, Throwable error) {
    Throwable cause = unwrap(error);
    if (cause instanceof BackbeatException known) {
      return known;
    }
    if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
      return new BackbeatException(
          ErrorCode.REQUEST_TOO_LARGE,
          what
              + ": a message is too large: "
              + cause.getMessage()
              + "; raise maxRequestSize here and max.message.bytes of the topic",
          cause);
    }
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        "Kafka at " + servers + " does not answer: " + what + ": " + said(cause),
        cause);
  }

  static Throwable unwrap(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String said(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
