package io.backbeat.server.http;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import jakarta.ws.rs.HttpMethod;
import java.time.Duration;

/**
 * An error of the request itself; its message is the description of the wire contract, verbatim.
 */
final class RequestError extends BackbeatException {
  private static final long serialVersionUID = 1L;

  private static final String NOT_WELL_FORMED = "The body of your POST request is not well-formed";

  private final Duration retryAfter;

  private RequestError(ErrorCode code, String description) {
    this(code, description, Duration.ZERO);
  }

  private RequestError(ErrorCode code, String description, Duration retryAfter) {
    super(code, description);
    this.retryAfter = retryAfter;
  }

  /** When to try again; zero if that is not known. */
  Duration retryAfter() {
    return retryAfter;
  }

  static RequestError of(ErrorCode code, String description) {
    return new RequestError(code, description);
  }

  static RequestError accessDenied() {
    return new RequestError(ErrorCode.ACCESS_DENIED, "invalid origin ip request");
  }

  static RequestError methodNotAllowed() {
    return new RequestError(
        ErrorCode.METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.");
  }

  static RequestError notFound(String description) {
    return new RequestError(ErrorCode.ROUTE_NOT_FOUND, description);
  }

  /** No route, for a reason of no interest to the caller, who is told the path only. */
  static BackbeatException noSuchPath(String reason) {
    return new BackbeatException(ErrorCode.ROUTE_NOT_FOUND, reason);
  }

  static RequestError query(String description) {
    return new RequestError(ErrorCode.INVALID_QUERY_PARAMETER, description);
  }

  static RequestError notJson() {
    return new RequestError(ErrorCode.MALFORMED_REQUEST, NOT_WELL_FORMED);
  }

  static RequestError malformed(String reason) {
    return new RequestError(ErrorCode.MALFORMED_REQUEST, NOT_WELL_FORMED + ": " + reason);
  }

  static RequestError busy(String description, Duration retryAfter) {
    return new RequestError(ErrorCode.NOT_RUNNING, description, retryAfter);
  }

  static RequestError tooLarge(String method, long limitBytes) {
    String request = method.equals(HttpMethod.POST) ? "POST request" : "request";
    return new RequestError(
        ErrorCode.REQUEST_TOO_LARGE,
        "The body of your " + request + " must have at most " + limitBytes + " bytes");
  }
}
