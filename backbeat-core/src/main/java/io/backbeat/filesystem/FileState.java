package io.backbeat.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system says about one path, symbolic links not followed, read with one system call.
 *
 * <p>The fingerprint is made of size, modification time, inode and change time. Unlike the
 * modification time, the change time cannot be set by programs, so a file that was rewritten and
 * then given its old time back is seen as changed. The price is that a file whose owner or mode
 * changed, or that was renamed back and forth, is seen as changed too.
 *
 * @param type what kind of file
 * @param size in bytes
 * @param modified when the content was last written, as programs may have set it
 * @param changed when content or attributes were last changed; {@code modified} on file systems
 *     that do not know it
 * @param inode the file's number in its file system, 0 where there is none
 */
record FileState(Type type, long size, Instant modified, Instant changed, long inode) {
  private static final String ATTRIBUTES =
      "unix:isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,ctime,ino";

  enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    SPECIAL
  }

  static FileState of(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      return new FileState(
          type(is(found, "isRegularFile"), is(found, "isDirectory"), is(found, "isSymbolicLink")),
          (Long) get(found, "size"),
          ((FileTime) get(found, "lastModifiedTime")).toInstant(),
          ((FileTime) get(found, "ctime")).toInstant(),
          (Long) get(found, "ino"));
    }
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Instant modified = found.lastModifiedTime().toInstant();
    return new FileState(
        type(found.isRegularFile(), found.isDirectory(), found.isSymbolicLink()),
        found.size(),
        modified,
        modified,
        0);
  }

  boolean isFile() {
    return type == Type.FILE;
  }

  boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  /**
   * Another text whenever the content is another one, provided the file was left alone for a
   * moment; see DirectoryWatcher.
   */
  String fingerprint() {
    return Long.toHexString(size)
        + '-'
        + nanos(modified)
        + '-'
        + nanos(changed)
        + '-'
        + Long.toHexString(inode);
  }

  private static String nanos(Instant instant) {
    return Long.toHexString(instant.getEpochSecond())
        + '.'
        + Integer.toHexString(instant.getNano());
  }

  private static Type type(boolean file, boolean directory, boolean link) {
    if (file) {
      return Type.FILE;
    }
    if (directory) {
      return Type.DIRECTORY;
    }
    return link ? Type.SYMBOLIC_LINK : Type.SPECIAL;
  }

  private static boolean is(Map<String, Object> attributes, String name) {
    return (Boolean) get(attributes, name);
  }

  private static Object get(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }
}
