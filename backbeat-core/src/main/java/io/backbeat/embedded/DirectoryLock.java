package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.backbeat.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a data directory for one store. The lock is the system's, so it ends with the process,
 * whatever ends it. The text in the lock file is only for the message to others.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "backbeat.lock";

  /** Behind the text, because on some systems a locked byte cannot be read by others. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

  /**
   * What this process holds. Locks of files belong to processes: a second channel on the file in
   * this one would not only get through on some systems, closing it would release the first one's
   * lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DirectoryLock(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Locks a directory.
   *
   * @param directory its real path
   * @throws StoreOpenException IN_USE, naming the holder; INACCESSIBLE if the lock file cannot be
   *     written
   */
  static DirectoryLock acquire(Path directory) {
    if (!HELD.add(directory)) {
      throw inUse(directory, "this process (pid " + ProcessHandle.current().pid() + ")");
    }
    boolean acquired = false;
    try {
      DirectoryLock lock = lockFile(directory);
      acquired = true;
      return lock;
    } catch (IOException e) {
      throw new StoreOpenException(
          Reason.INACCESSIBLE,
          "cannot write "
              + directory.resolve(FILE)
              + ", check the permissions and the space left: "
              + e,
          e);
    } finally {
      if (!acquired) {
        HELD.remove(directory);
      }
    }
  }

  private static DirectoryLock lockFile(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw inUse(directory, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(UTF_8)), 0);
      return new DirectoryLock(directory, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StoreOpenException inUse(Path directory, String holder) {
    return new StoreOpenException(
        Reason.IN_USE,
        "data directory "
            + directory
            + " is in use by "
            + (holder.isEmpty() ? "another process" : holder)
            + "; end that one, or give this one a directory of its own",
        null);
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    return "pid "
        + process.pid()
        + process.info().startInstant().map(start -> ", started " + start).orElse("")
        + "\n";
  }

  /** Releases the directory. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (channel) {
      lock.release();
    } catch (IOException e) {
      LOG.warn("cannot release the lock of {}", directory, e);
    } finally {
      HELD.remove(directory);
    }
  }
}
