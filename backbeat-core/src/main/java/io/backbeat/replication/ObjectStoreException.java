package io.backbeat.replication;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong with an object or its store. An {@link IOException}, so that the channels of
 * a store can throw it as it is.
 */
public final class ObjectStoreException extends IOException {
  /** What went wrong; decides whether another attempt helps. */
  public enum Kind {
    /** There is no such object any more. */
    GONE,
    /** The object is not the one that was looked at. */
    CHANGED,
    /** The store does not let us; another attempt helps only after someone changed the rights. */
    ACCESS_DENIED,
    /** The store as a whole does not answer, is missing, or asks to be left alone. */
    UNREACHABLE,
    /** The store as a whole has no room left. */
    NO_SPACE,
    /** What arrived is not what was sent. */
    CHECKSUM_MISMATCH,
    /** The store can never hold an object of that key. */
    INVALID_KEY,
    /**
     * The store cannot hold an object of that key beside one it has now, such as {@code a/b} beside
     * {@code a} in a directory.
     */
    KEY_CONFLICT,
    /**
     * The store refused the request for a reason of its own; the same request will be refused
     * again.
     */
    REFUSED,
    /** The caller asked to stop. */
    CANCELLED,
    /** Anything else; another attempt may help. */
    IO
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;

  /** An error that nothing else caused. */
  public ObjectStoreException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  /** An error with its cause. */
  public ObjectStoreException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, null);
  }

  /**
   * An error of a store that said when to come back.
   *
   * @param retryAfter no attempt before that; null if the store did not say
   */
  public ObjectStoreException(
      Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = retryAfter;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** No attempt before that, if the store said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The message, for people; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
