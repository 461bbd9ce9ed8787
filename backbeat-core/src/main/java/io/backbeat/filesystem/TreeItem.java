package io.backbeat.filesystem;

/** What a walk over a directory tree comes upon. */
sealed interface TreeItem {
  /** Where it stands in the order of the walk. */
  String key();

  /**
   * A regular file.
   *
   * @param key its path relative to the root
   * @param state what it was when its directory was read
   * @param settled whether its last change was some time ago by then
   */
  record File(String key, FileState state, boolean settled) implements TreeItem {}

  /**
   * A directory of which something could not be seen, so that nothing under it can be called
   * removed.
   *
   * @param key its path relative to the root and {@code /}; empty for the root
   */
  record Unseen(String key) implements TreeItem {}
}
