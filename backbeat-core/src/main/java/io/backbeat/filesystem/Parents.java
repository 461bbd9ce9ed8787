package io.backbeat.filesystem;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The directories between a root and its files. Thread-safe. */
final class Parents {
  private final Path root;

  Parents(Path root) {
    this.root = root;
  }

  /**
   * Checks that a key leads through directories only: symbolic links could lead out of the root, or
   * make two keys of one file.
   */
  void check(String key, Path path) throws IOException {
    Path parent = root;
    for (int i = root.getNameCount(); i < path.getNameCount() - 1; i++) {
      parent = parent.resolve(path.getName(i));
      FileState.Type type = FileState.of(parent).type();
      if (type == FileState.Type.SYMBOLIC_LINK) {
        throw new ObjectStoreException(
            Kind.INVALID_KEY, "key \"" + key + "\" leads through the symbolic link " + parent);
      }
      if (type != FileState.Type.DIRECTORY) {
        throw new ObjectStoreException(
            Kind.KEY_CONFLICT,
            "key \"" + key + "\" needs a directory " + parent + ", which is a file");
      }
    }
  }

  /** Makes the directories of a file that are missing, but never the root. */
  void create(Path file) throws IOException {
    Path directory = of(file);
    if (directory.equals(root)) {
      return;
    }
    try {
      Files.createDirectory(directory);
    } catch (NoSuchFileException e) {
      if (of(directory).equals(root)) {
        throw e;
      }
      create(directory);
      create(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /** Forces the entries of a file, and of all directories above it, onto the device. */
  void sync(Path file) throws IOException {
    Path directory = file;
    do {
      directory = of(directory);
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } while (!directory.equals(root));
  }

  /** Removes the directories of a removed file as far as they are empty; keeps the root. */
  void removeEmpty(Path file) {
    try {
      for (Path directory = of(file); !directory.equals(root); directory = of(directory)) {
        Files.delete(directory);
      }
    } catch (IOException e) {
      // Not empty, or not ours: it stays.
      return;
    }
  }

  private static Path of(Path path) {
    return Objects.requireNonNull(path.getParent(), "only the file system's root has no parent");
  }
}
