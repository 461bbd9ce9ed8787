package io.backbeat.filesystem;

import java.util.Objects;

/**
 * Something under a watched directory that is not an object, or could not be looked at. It hinders
 * no other file.
 *
 * @param path relative to the directory; empty for the directory itself. Characters that are not
 *     valid text show as U+FFFD
 * @param reason what kind of trouble
 * @param detail for people
 */
public record ScanProblem(String path, Reason reason, String detail) {
  /** Kinds of trouble. */
  public enum Reason {
    /** The file or directory may not be read; what is known of it stays as it is. */
    ACCESS_DENIED,
    /** It was removed while it was looked at. */
    VANISHED,
    /** A symbolic link; never followed. */
    SYMBOLIC_LINK,
    /** A pipe, socket or device. */
    SPECIAL_FILE,
    /** Its name is not text in the character set of the system, so it cannot be a key. */
    NAME_NOT_TEXT,
    /**
     * The directory is missing or empty, as when its volume is not mounted; nothing is taken for
     * removed.
     */
    NOTHING_THERE,
    /** Another error of the file system; what is known of it stays as it is. */
    IO_ERROR
  }

  /** Checks that nothing is null. */
  public ScanProblem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
