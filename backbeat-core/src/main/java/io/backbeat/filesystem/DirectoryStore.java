package io.backbeat.filesystem;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.PutReceipt;
import io.backbeat.replication.StoredObject;
import io.backbeat.replication.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * The files under a directory as objects: the key is the relative path. Thread-safe; several
 * stores, also of several processes, may use one directory.
 *
 * <p>A put writes to a hidden directory {@code .backbeat-staging} under the root, computes CRC32C
 * on the way, reads the file back (from the operating system, which may still have it in memory)
 * and compares, gives it the source's modification time, and renames it to its place. Media type
 * and user metadata are not kept, nor are owner and mode of a source file. What is durable on
 * return: see {@link DirectoryOptions#sync}.
 *
 * <p>Keys that cannot be relative paths are refused as INVALID_KEY: with {@code .}, {@code ..} or
 * empty names (so also {@code /a} and {@code a/}), NUL, names over 255 bytes, or that lead through
 * a symbolic link. Everything else is taken as it is, with {@code :}, newlines and leading dots. A
 * key that is a file's and also a directory's cannot be held; that is KEY_CONFLICT. Symbolic links
 * are never followed below the root; they are no objects.
 *
 * <p>The root is not made, and may be missing for a while, as a disk that is not mounted: calls
 * then fail as UNREACHABLE.
 */
public final class DirectoryStore implements ObjectStore {
  private static final int KEPT_BUFFERS = 32;
  private static final int MOVE_ATTEMPTS = 10;

  private final Path root;
  private final DirectoryOptions options;
  private final KeyPaths paths;
  private final Parents parents;
  private final FileErrors errors;
  private final Staging staging;
  private final BufferPool buffers = new BufferPool(KEPT_BUFFERS);

  private DirectoryStore(Path root, DirectoryOptions options) {
    this.root = root;
    this.options = options;
    this.paths = new KeyPaths(root);
    this.parents = new Parents(root);
    this.errors = new FileErrors(root);
    this.staging = new Staging(root);
  }

  /** A store with the default options. */
  public static DirectoryStore open(Path root) {
    return open(root, DirectoryOptions.DEFAULT);
  }

  /**
   * Opens a directory, and removes what processes that were killed have left in its staging
   * directory. Does not fail if it is missing.
   */
  public static DirectoryStore open(Path root, DirectoryOptions options) {
    DirectoryStore store = new DirectoryStore(root.toAbsolutePath().normalize(), options);
    store.staging.removeLeftovers();
    return store;
  }

  /** The directory, absolute. */
  public Path root() {
    return root;
  }

  @Override
  public Optional<StoredObject> stat(String key) throws ObjectStoreException {
    Path path = paths.resolve(key);
    return state(key, path).map(state -> stored(key, state));
  }

  @Override
  public ReadableByteChannel open(StoredObject object, ByteRange range)
      throws ObjectStoreException {
    if (range.end() > object.size()) {
      throw new IllegalArgumentException(
          range + " is not inside the " + object.size() + " bytes of " + object.key());
    }
    Path path = paths.resolve(object.key());
    try {
      parents.check(object.key(), path);
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      try {
        SteadyFileChannel.checkUnchanged(path, object);
        return new SteadyFileChannel(channel, path, object, range, errors);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw errors.of("cannot open " + object.key(), e);
    }
  }

  @Override
  public PutReceipt put(String key, ObjectSource source, TransferProgress progress)
      throws ObjectStoreException {
    Path target = paths.resolve(key);
    ByteBuffer buffer = buffers.take();
    try (StagedFile staged = stage(buffer)) {
      staged.fill(source, progress);
      Files.setLastModifiedTime(staged.path(), FileTime.from(source.lastModified()));
      if (options.sync()) {
        staged.sync();
      }
      if (progress.cancelled()) {
        throw new ObjectStoreException(
            Kind.CANCELLED, "stopped before " + key + " was put in its place");
      }
      moveIntoPlace(key, staged, target);
      return PutReceipt.WITHOUT_VERSION;
    } catch (IOException e) {
      throw errors.of("cannot write " + key, e);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  @Override
  public boolean delete(String key) throws ObjectStoreException {
    Path path = paths.resolve(key);
    if (state(key, path).isEmpty()) {
      return false;
    }
    return remove(key, path);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The comparison is made right before the removal; a write in the microseconds between is
   * lost, because file systems know no conditional removal.
   */
  @Override
  public boolean deleteIfUnchanged(String key, String fingerprint) throws ObjectStoreException {
    Path path = paths.resolve(key);
    boolean unchanged =
        state(key, path).filter(state -> state.fingerprint().equals(fingerprint)).isPresent();
    return unchanged && remove(key, path);
  }

  @Override
  public void close() {
    staging.close();
  }

  private static StoredObject stored(String key, FileState state) {
    return new StoredObject(key, state.size(), state.fingerprint(), state.modified(), Map.of());
  }

  /** The state of the regular file of a key; empty if there is none. */
  private Optional<FileState> state(String key, Path path) throws ObjectStoreException {
    try {
      parents.check(key, path);
      FileState state = FileState.of(path);
      return state.isFile() ? Optional.of(state) : Optional.empty();
    } catch (IOException e) {
      ObjectStoreException error = errors.of("cannot look at " + key, e);
      if (error.kind() == Kind.GONE || error.kind() == Kind.KEY_CONFLICT) {
        return Optional.empty();
      }
      throw error;
    }
  }

  private StagedFile stage(ByteBuffer buffer) throws IOException {
    try {
      return new StagedFile(staging.newFile(), buffer);
    } catch (NoSuchFileException e) {
      // Not made again: behind a volume that was unmounted there is an empty directory, and that is
      // not the destination.
      throw new ObjectStoreException(
          Kind.UNREACHABLE,
          "the staging directory in " + root + " is gone; is the volume still mounted?",
          e);
    }
  }

  private void moveIntoPlace(String key, StagedFile staged, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        parents.check(key, target);
        Files.move(staged.path(), target, StandardCopyOption.ATOMIC_MOVE);
        staged.movedAway();
        if (options.sync()) {
          parents.sync(target);
        }
        return;
      } catch (NoSuchFileException e) {
        // A parent is missing, also because the last object of it has just been deleted.
        if (attempt == MOVE_ATTEMPTS || !Files.isDirectory(root)) {
          throw e;
        }
        parents.create(target);
      } catch (FileSystemException e) {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new ObjectStoreException(
              Kind.KEY_CONFLICT, "key \"" + key + "\" is a directory of other objects", e);
        }
        throw e;
      }
    }
  }

  private boolean remove(String key, Path path) throws ObjectStoreException {
    try {
      boolean removed = Files.deleteIfExists(path);
      parents.removeEmpty(path);
      return removed;
    } catch (IOException e) {
      throw errors.of("cannot delete " + key, e);
    }
  }
}
