package io.backbeat.api;

import java.util.Arrays;
import java.util.Optional;

/** The closed list of errors a caller can get, in process and over HTTP. */
public enum ErrorCode {
  /** The caller's address is not on the allow list. */
  ACCESS_DENIED(403, "AccessDenied", false),
  /** No such route or location. */
  ROUTE_NOT_FOUND(404, "RouteNotFound", false),
  /** No such object version is known. */
  OBJECT_NOT_FOUND(404, "ObjNotFound", false),
  /** A known route with a verb it does not have. */
  METHOD_NOT_ALLOWED(405, "MethodNotAllowed", false),
  /** A parameter of the query is malformed. */
  INVALID_QUERY_PARAMETER(400, "InvalidQueryParameter", false),
  /** The body is malformed. */
  MALFORMED_REQUEST(400, "MalformedPOSTRequest", false),
  /** What was sent is not HTTP, or HTTP that the server does not understand. */
  BAD_REQUEST(400, "BadRequest", false),
  /** The request did not arrive in time. */
  REQUEST_TIMEOUT(408, "RequestTimeout", true),
  /** The request line and the headers are larger than the configured limits. */
  HEADER_TOO_LARGE(431, "RequestHeaderFieldsTooLarge", false),
  /** The body is larger than the configured limit. */
  REQUEST_TOO_LARGE(413, "RequestEntityTooLarge", false),
  /** Another writer was first; read again and decide again. */
  CONFLICT(409, "OperationAborted", true),
  /** The engine is stopping or not started. */
  NOT_RUNNING(503, "ServiceUnavailable", true),
  /**
   * A store or service behind Backbeat does not answer; what was asked may or may not have
   * happened.
   */
  INTERNAL_ERROR(500, "InternalError", true);

  private final int httpStatus;
  private final String wireName;
  private final boolean retryable;

  ErrorCode(int httpStatus, String wireName, boolean retryable) {
    this.httpStatus = httpStatus;
    this.wireName = wireName;
    this.retryable = retryable;
  }

  /** The HTTP status this error is answered with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The name in the error body. */
  public String wireName() {
    return wireName;
  }

  /** Whether the same call may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }

  /** The error of that wire name, if there is one. */
  public static Optional<ErrorCode> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(c -> c.wireName.equals(wireName)).findFirst();
  }
}
