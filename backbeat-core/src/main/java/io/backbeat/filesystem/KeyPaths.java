package io.backbeat.filesystem;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the object of a key lies under a root directory. A key is a relative path with {@code /}
 * between its names.
 */
final class KeyPaths {
  static final String STAGING = ".backbeat-staging";
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 4095;

  private final Path root;

  KeyPaths(Path root) {
    this.root = root;
  }

  /** The path of a key, always below the root. */
  Path resolve(String key) throws ObjectStoreException {
    checkKey(key);
    Path path;
    try {
      path = root.resolve(key);
    } catch (InvalidPathException e) {
      throw invalid(
          key,
          "cannot be a file name in this locale ("
              + e.getReason()
              + "); start Java with LC_ALL=C.UTF-8",
          e);
    }
    // Cannot happen after the checks above; the one thing that must not go wrong is checked twice.
    if (!path.startsWith(root) || path.equals(root)) {
      throw invalid(key, "lies outside the directory", null);
    }
    return path;
  }

  /** Whether a key is in the place where unfinished files are. */
  static boolean isStaging(String key) {
    return key.equals(STAGING) || key.startsWith(STAGING + "/");
  }

  private static void checkKey(String key) throws ObjectStoreException {
    if (key.indexOf('\0') >= 0) {
      throw invalid(
          key.replace('\0', '?'), "has a NUL character, which no file name can have", null);
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw invalid(key, "has more than " + LONGEST_PATH + " bytes", null);
    }
    for (int start = 0; start <= key.length(); ) {
      int slash = key.indexOf('/', start);
      int end = slash < 0 ? key.length() : slash;
      checkName(key, key.substring(start, end));
      start = end + 1;
    }
    if (isStaging(key)) {
      throw invalid(key, "is where unfinished files are kept", null);
    }
  }

  private static void checkName(String key, String name) throws ObjectStoreException {
    if (name.isEmpty()) {
      throw invalid(
          key, "begins or ends with \"/\", or has \"//\", and file names cannot be empty", null);
    }
    if (name.equals(".") || name.equals("..")) {
      throw invalid(
          key, "has a name \"" + name + "\", which would lead to another directory", null);
    }
    // A character is 1 to 3 bytes, so only longer names need counting.
    if (name.length() > LONGEST_NAME / 3
        && name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw invalid(key, "has a name of more than " + LONGEST_NAME + " bytes", null);
    }
  }

  private static ObjectStoreException invalid(
      String key, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ObjectStoreException(
        Kind.INVALID_KEY, "key \"" + key + "\" cannot be a file: it " + why, cause);
  }
}
