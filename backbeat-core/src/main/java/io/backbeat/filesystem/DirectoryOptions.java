package io.backbeat.filesystem;

/**
 * How a {@link DirectoryStore} writes.
 *
 * @param sync whether a put returns only after the file and its directory entries are on the
 *     device. Off by default, as in rsync and cp: a put then survives a crash of the process, but a
 *     power failure within about half a minute may lose the file, or leave it empty, although it
 *     was reported as done. On, a put costs some milliseconds more
 */
public record DirectoryOptions(boolean sync) {
  /** What is used when nothing is said. */
  public static final DirectoryOptions DEFAULT = new DirectoryOptions(false);
}
