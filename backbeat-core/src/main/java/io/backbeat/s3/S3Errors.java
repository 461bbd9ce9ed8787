package io.backbeat.s3;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an error of the SDK means for an object. */
final class S3Errors {
  private S3Errors() {}

  /**
   * The same error with its kind.
   *
   * @param doing what failed, such as {@code cannot write s3://bucket/key}
   */
  static ObjectStoreException of(String doing, SdkException error) {
    if (error instanceof AwsServiceException answer) {
      String code =
          answer.awsErrorDetails() == null
              ? ""
              : String.valueOf(answer.awsErrorDetails().errorCode());
      return new ObjectStoreException(
          kind(answer.statusCode(), code),
          doing + ": " + answer.statusCode() + " " + code + " " + answer.getMessage(),
          error,
          retryAfter(answer));
    }
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ObjectStoreException known) {
        return known;
      }
    }
    return new ObjectStoreException(clientKind(error), doing + ": " + error.getMessage(), error);
  }

  /** What an answer means, by its status and S3's code. Pure. */
  static Kind kind(int status, String code) {
    return switch (code) {
      case "NoSuchBucket", "SlowDown", "ServiceUnavailable", "Throttling", "ThrottlingException" ->
          Kind.UNREACHABLE;
      case "BadDigest",
          "InvalidDigest",
          "XAmzContentSHA256Mismatch",
          "XAmzContentChecksumMismatch" ->
          Kind.CHECKSUM_MISMATCH;
      case "KeyTooLongError" -> Kind.INVALID_KEY;
      case "RequestTimeout" -> Kind.IO;
      default -> kind(status);
    };
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Kind.ACCESS_DENIED;
      case 404, 410 -> Kind.GONE;
      case 412 -> Kind.CHANGED;
      case 408, 409 -> Kind.IO;
      case 429, 502, 503, 504 -> Kind.UNREACHABLE;
      case 507 -> Kind.NO_SPACE;
      default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.IO;
    };
  }

  private static Kind clientKind(SdkException error) {
    if (error instanceof AbortedException) {
      return Kind.CANCELLED;
    }
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException) {
        return Kind.UNREACHABLE;
      }
      if (cause instanceof SocketTimeoutException) {
        // A server that takes no connections is down; one that is slow with an answer may be slow
        // with this object only.
        return String.valueOf(cause.getMessage()).contains("onnect timed out")
            ? Kind.UNREACHABLE
            : Kind.IO;
      }
      if (cause instanceof InterruptedException || cause instanceof InterruptedIOException) {
        return Kind.CANCELLED;
      }
    }
    boolean noCredentials = String.valueOf(error.getMessage()).contains("load credentials");
    return noCredentials ? Kind.ACCESS_DENIED : Kind.IO;
  }

  private static @Nullable Duration retryAfter(AwsServiceException answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null) {
      return null;
    }
    return answer
        .awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }
}
