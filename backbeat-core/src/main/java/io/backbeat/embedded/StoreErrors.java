package io.backbeat.embedded;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;

/** Says what an error of SQLite means for whoever runs the store. */
final class StoreErrors {
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private final Path file;

  StoreErrors(Path file) {
    this.file = file;
  }

  /** The error as callers get it. */
  BackbeatException toBackbeat(SQLException e) {
    return new BackbeatException(ErrorCode.INTERNAL_ERROR, describe(e), e);
  }

  private String describe(SQLException e) {
    return switch (e.getErrorCode()) {
      case FULL ->
          "no space left for "
              + file
              + ": nothing was written; free space on its disk, then the same call works again";
      case IOERR ->
          "the disk of " + file + " reports an error, look at the system's log: " + e.getMessage();
      case CORRUPT, NOT_A_DATABASE ->
          file
              + " is damaged and is not written to any more: stop, keep the file, and go back to a copy from before: "
              + e.getMessage();
      default -> "the store " + file + " failed: " + e.getMessage();
    };
  }

  /**
   * Whether nothing may be written after this error. After a failed flush the system may have
   * forgotten pages it could not write, and the next flush would succeed without them.
   */
  static boolean fatal(SQLException e) {
    int code = e.getErrorCode();
    String text = String.valueOf(e.getMessage());
    return code == CORRUPT || code == NOT_A_DATABASE || (code == IOERR && text.contains("FSYNC"));
  }

  static boolean corrupt(SQLException e) {
    return e.getErrorCode() == CORRUPT || e.getErrorCode() == NOT_A_DATABASE;
  }

  static boolean notDatabase(SQLException e) {
    return e.getErrorCode() == NOT_A_DATABASE;
  }
}
