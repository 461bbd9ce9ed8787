package io.backbeat.server.demo;

import org.jspecify.annotations.Nullable;

/** The demo cannot start or not go on. The message names the thing and what would be right. */
public final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason that nothing else caused. */
  public DemoException(String message) {
    this(message, null);
  }

  /** A reason with its cause. */
  public DemoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
