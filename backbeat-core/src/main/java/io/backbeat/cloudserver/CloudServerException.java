package io.backbeat.cloudserver;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to CloudServer came to nothing. An {@link IOException}, so that the stream of a body
 * can throw it as it is.
 */
public final class CloudServerException extends IOException {
  /** What went wrong; decides what becomes of the job. */
  public enum Kind {
    /** No such object, version, bucket or upload. */
    NOT_FOUND,
    /** The account may not do this, or its role is refused. Helps only when someone changes it. */
    ACCESS_DENIED,
    /** The object is in a state that does not allow this: archived, or changed meanwhile. */
    INVALID_STATE,
    /** The condition of a conditional request does not hold. */
    PRECONDITION_FAILED,
    /** What arrived is not what was sent. */
    BAD_DIGEST,
    /** The server knows no such location. */
    UNKNOWN_LOCATION,
    /** The server refused the request for a reason of its own; it will refuse it again. */
    REFUSED,
    /** The server does not answer, is overloaded, or asks to be left alone. */
    UNAVAILABLE,
    /** An internal error, or an answer that breaks off; another attempt may help. */
    FAILED
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String code;
  private final int httpStatus;
  private final transient @Nullable Duration retryAfter;

  /**
   * An error.
   *
   * @param code the server's own code, such as {@code ObjNotFound} or {@code NoSuchKey}; a name of
   *     ours where the server said none
   * @param httpStatus 0 if there was no answer
   * @param message for people: the request, and what the server said
   */
  public CloudServerException(
      Kind kind,
      String code,
      int httpStatus,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.code = Objects.requireNonNull(code, "code");
    this.httpStatus = httpStatus;
    this.retryAfter = retryAfter;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The server's own code. */
  public String code() {
    return code;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return switch (kind) {
      case UNAVAILABLE, FAILED, BAD_DIGEST -> true;
      default -> false;
    };
  }

  /** No attempt before that, if the server said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The message, for people; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
