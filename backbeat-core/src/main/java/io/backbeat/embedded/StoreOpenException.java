package io.backbeat.embedded;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data directory cannot be used. The message names the directory or file, what is wrong with it,
 * and what to do. The store changes nothing before it is sure that the file is its own.
 */
public final class StoreOpenException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Another engine has the directory open. Helps: ending it, or another directory. */
    IN_USE,
    /**
     * The directory cannot be created, read or written. Helps: its owner, its permissions, or free
     * space.
     */
    INACCESSIBLE,
    /** The file is something else. Helps: another directory. */
    FOREIGN_FILE,
    /** The file was written by a newer Backbeat. Helps: that version or a newer one. */
    NEWER_VERSION,
    /** The file is damaged. Helps: a copy from before. Nothing is repaired without being asked. */
    CORRUPT,
    /** {@code org.xerial:sqlite-jdbc} is not on the path. */
    DRIVER_MISSING
  }

  private final Reason reason;

  StoreOpenException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
