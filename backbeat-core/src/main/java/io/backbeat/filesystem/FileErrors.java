package io.backbeat.filesystem;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What an error of the file system means for an object. */
final class FileErrors {
  /**
   * Less free space than that, and an error without a better reason is put down to it: messages of
   * the system can be localised.
   */
  private static final long FULL_BELOW_BYTES = 64 * 1024;

  private final Path root;

  FileErrors(Path root) {
    this.root = root;
  }

  /**
   * The same error with its kind.
   *
   * @param doing what failed, such as {@code cannot write a/b}
   */
  ObjectStoreException of(String doing, IOException error) {
    if (error instanceof ObjectStoreException known) {
      return known;
    }
    Kind kind = kind(error);
    String where = kind == Kind.UNREACHABLE || kind == Kind.NO_SPACE ? " in " + root : "";
    return new ObjectStoreException(kind, doing + where + ": " + reason(error), error);
  }

  private Kind kind(IOException error) {
    if (error instanceof ClosedByInterruptException) {
      return Kind.CANCELLED;
    }
    if (!Files.isDirectory(root)) {
      return Kind.UNREACHABLE;
    }
    if (error instanceof AccessDeniedException) {
      return Kind.ACCESS_DENIED;
    }
    if (error instanceof NoSuchFileException) {
      return Kind.GONE;
    }
    if (error instanceof DirectoryNotEmptyException
        || error instanceof FileAlreadyExistsException) {
      return Kind.KEY_CONFLICT;
    }
    Kind told = toldKind(reason(error).toLowerCase(Locale.ROOT));
    return told == Kind.IO && isFull() ? Kind.NO_SPACE : told;
  }

  private static Kind toldKind(String reason) {
    if (reason.contains("no space left") || reason.contains("quota exceeded")) {
      return Kind.NO_SPACE;
    }
    if (reason.contains("not permitted") || reason.contains("permission denied")) {
      return Kind.ACCESS_DENIED;
    }
    if (reason.contains("read-only file system")
        || reason.contains("stale file handle")
        || reason.contains("not connected")
        || reason.contains("timed out")
        || reason.contains("host is down")) {
      return Kind.UNREACHABLE;
    }
    if (reason.contains("is a directory") || reason.contains("not a directory")) {
      return Kind.KEY_CONFLICT;
    }
    if (reason.contains("too many levels of symbolic links")) {
      return Kind.CHANGED;
    }
    return reason.contains("file name too long") ? Kind.INVALID_KEY : Kind.IO;
  }

  private boolean isFull() {
    try {
      return Files.getFileStore(root).getUsableSpace() < FULL_BELOW_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private static String reason(IOException error) {
    if (error instanceof NoSuchFileException) {
      return "no such file";
    }
    String reason = error instanceof FileSystemException of ? of.getReason() : null;
    if (reason != null) {
      return reason;
    }
    return error instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(error.getMessage());
  }
}
