package io.backbeat.client;

import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells failures of attempts apart. */
final class Failures {
  /** The header in which the server names the request in its log. */
  private static final String REQUEST_ID = "x-amz-request-id";

  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final Set<Integer> REFUSED = Set.of(429, 503);

  private Failures() {}

  /** An answer that is an error. */
  static Failure of(HttpResponse<byte[]> response, Instant now) {
    int status = response.statusCode();
    ErrorAnswer error = ErrorAnswer.of(status, response.body());
    String id =
        response.headers().firstValue(REQUEST_ID).map(i -> " [request " + i + ']').orElse("");
    String text = error.description().isEmpty() ? "" : ": " + error.description();
    return new Failure(
        error.code(),
        status + (error.recognised() ? " " + error.code().wireName() : "") + text + id,
        error.code().retryable() && (error.recognised() || PASSING.contains(status)),
        REFUSED.contains(status),
        response.headers().firstValue(RetryAfter.HEADER).flatMap(v -> RetryAfter.parse(v, now)),
        Optional.empty());
  }

  /**
   * No answer. When no connection came about, nothing can have happened, and that is what
   * NOT_RUNNING says; otherwise the server may have done what was asked.
   */
  static Failure of(Throwable thrown) {
    Throwable error = unwrapped(thrown);
    if (error instanceof ConnectException || error instanceof HttpConnectTimeoutException) {
      String what = "cannot connect: " + reason(error);
      return failure(ErrorCode.NOT_RUNNING, what, true, true, error);
    }
    if (error instanceof HttpTimeoutException) {
      return failure(ErrorCode.INTERNAL_ERROR, reason(error), true, false, error);
    }
    boolean mayPass =
        error instanceof IOException
            && !(error instanceof SSLException)
            && !(error instanceof TooLargeException);
    return failure(ErrorCode.INTERNAL_ERROR, "no answer: " + reason(error), mayPass, false, error);
  }

  private static Failure failure(
      ErrorCode code, String description, boolean mayPass, boolean didNothing, Throwable cause) {
    return new Failure(
        code, description, mayPass, didNothing, Optional.empty(), Optional.of(cause));
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? unwrapped(cause) : thrown;
  }

  /** The first message on the way to the root; the JDK leaves some of them empty. */
  private static String reason(Throwable error) {
    return Stream.iterate(Optional.of(error), Optional::isPresent, e -> e.map(Throwable::getCause))
        .limit(10)
        .flatMap(Optional::stream)
        .flatMap(e -> Optional.ofNullable(e.getMessage()).stream())
        .findFirst()
        .orElseGet(() -> rootName(error));
  }

  private static String rootName(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? error.getClass().getSimpleName() : rootName(cause);
  }
}
