package io.backbeat.server.place;

import org.jspecify.annotations.Nullable;

/** A place cannot be used. The message names it and what would be right. */
public final class PlaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason that nothing else caused. */
  public PlaceException(String message) {
    this(message, null);
  }

  /** A reason with its cause. */
  public PlaceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
