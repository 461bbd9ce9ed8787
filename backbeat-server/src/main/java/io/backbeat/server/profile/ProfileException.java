package io.backbeat.server.profile;

import org.jspecify.annotations.Nullable;

/**
 * A profile cannot do what was asked of it. The message names the thing and what would be right.
 */
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason that nothing else caused. */
  public ProfileException(String message) {
    this(message, null);
  }

  /** A reason with its cause. */
  public ProfileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
