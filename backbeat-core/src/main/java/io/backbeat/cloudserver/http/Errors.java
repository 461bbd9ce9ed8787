package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions: each names the request and the server. */
final class Errors {
  /** There was no answer in time. */
  static final String TIMED_OUT = "TimeoutError";

  /** There was no connection, or it broke. */
  static final String NETWORK = "NetworkingError";

  /** An answer is not what the route answers. */
  static final String UNREADABLE = "UnreadableAnswer";

  private Errors() {}

  /** An answer that is an error. */
  static CloudServerException answered(String request, Answer answer, Instant now) {
    ServerError error = ServerError.parse(answer.bytes());
    Kind kind = ErrorKinds.of(answer.status(), error.code());
    String code = error.code().isEmpty() ? "HTTP " + answer.status() : error.code();
    return new CloudServerException(
        kind,
        code,
        answer.status(),
        request + ": " + answer.status() + " " + error.code() + " " + error.message(),
        retryAfter(answer.header("Retry-After"), now),
        null);
  }

  static CloudServerException of(
      Kind kind, String code, String message, @Nullable Throwable cause) {
    return new CloudServerException(kind, code, 0, message, null, cause);
  }

  /** The thread was interrupted; its flag is set again by whoever calls this. */
  static CloudServerException interrupted(String request) {
    InterruptedIOException cause = new InterruptedIOException("interrupted");
    return of(Kind.FAILED, "Interrupted", request + ": interrupted", cause);
  }

  /** An answer of the route that has another form than it should. */
  static CloudServerException unreadable(String request, Throwable cause) {
    return of(
        Kind.FAILED,
        UNREADABLE,
        request + ": the answer is not what this route answers: " + cause.getMessage(),
        cause);
  }

  /** The error of a stream, as it came out of it or out of what lies below. */
  static CloudServerException known(String request, IOException error) {
    if (error instanceof CloudServerException already) {
      return already;
    }
    return of(Kind.FAILED, NETWORK, request + ": " + error.getMessage(), error);
  }

  private static @Nullable Duration retryAfter(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException none) {
      return null;
    }
  }
}
