package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException.Kind;
import java.util.Set;

/**
 * What the error of an answer means: by its code, and by its status where the code says nothing.
 * Pure.
 */
final class ErrorKinds {
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");

  private ErrorKinds() {}

  /**
   * Whether other credentials of the same account may do: those of a session are forgotten some
   * time after their end, and are unknown from then on.
   */
  static boolean expired(String code, Credentials used) {
    return EXPIRED.contains(code)
        || (used.sessionToken().isPresent()
            && (code.equals("InvalidAccessKeyId") || code.equals("InvalidToken")));
  }

  static Kind of(int status, String code) {
    return switch (code) {
      case "ObjNotFound", "NoSuchKey", "NoSuchVersion", "NoSuchBucket", "NoSuchUpload" ->
          Kind.NOT_FOUND;
      case "AccessDenied",
          "BadRole",
          "NoSuchEntity",
          "AccountNotFound",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken" ->
          Kind.ACCESS_DENIED;
      // An archived object, or one that has become shorter than it was when it was queued.
      case "InvalidObjectState", "InvalidRange", "InvalidPartNumber" -> Kind.INVALID_STATE;
      case "PreconditionFailed" -> Kind.PRECONDITION_FAILED;
      case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" ->
          Kind.BAD_DIGEST;
      case "LocationNotFound" -> Kind.UNKNOWN_LOCATION;
      case "ServiceUnavailable",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "TooManyRequestsException",
          "ProvisionedThroughputExceededException" ->
          Kind.UNAVAILABLE;
      case "InternalError", "OperationAborted", "RequestTimeout", "IncompleteBody" -> Kind.FAILED;
      default -> EXPIRED.contains(code) ? Kind.FAILED : of(status);
    };
  }

  private static Kind of(int status) {
    return switch (status) {
      case 401, 403 -> Kind.ACCESS_DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 408 -> Kind.FAILED;
      case 304, 412 -> Kind.PRECONDITION_FAILED;
      case 424 -> Kind.UNKNOWN_LOCATION;
      case 429, 502, 503, 504 -> Kind.UNAVAILABLE;
      default -> status >= 500 ? Kind.FAILED : Kind.REFUSED;
    };
  }
}
