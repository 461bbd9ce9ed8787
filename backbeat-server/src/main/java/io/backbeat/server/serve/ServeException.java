package io.backbeat.server.serve;

import org.jspecify.annotations.Nullable;

/** The server cannot start. The message names the thing and what would be right. */
public final class ServeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason that nothing else caused. */
  public ServeException(String message) {
    this(message, null);
  }

  /** A reason with its cause. */
  public ServeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
