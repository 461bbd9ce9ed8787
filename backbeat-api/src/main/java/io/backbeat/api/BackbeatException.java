package io.backbeat.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one exception family of the public surface; the same in process and over HTTP. */
public class BackbeatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** An error that nothing else caused. */
  public BackbeatException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** An error with its cause. */
  public BackbeatException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** What kind of error. */
  public final ErrorCode code() {
    return code;
  }

  /** Whether the same call may succeed later without being changed. */
  public final boolean retryable() {
    return code.retryable();
  }
}
