package io.backbeat.filesystem;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where files are until they are whole: one directory per opened store in {@code .backbeat-staging}
 * under the root, made at the first use, so that a store that is only read from leaves no trace.
 *
 * <p>A directory is in use as long as a process holds the lock in it. The operating system drops
 * the lock when the process dies, however it dies; so a lock that can be had marks leftovers, on
 * the same machine.
 */
final class Staging implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final String LOCK = "lock";
  private static final String RUN = "run-";
  private static final String FILE = "put-";

  private final Path base;
  private final AtomicLong next = new AtomicLong();
  private @Nullable Run run;
  private boolean closed;

  Staging(Path root) {
    base = root.resolve(KeyPaths.STAGING);
  }

  /** A path for a new file; nothing else has it. */
  Path newFile() throws IOException {
    return current().directory.resolve(FILE + next.incrementAndGet());
  }

  /** Removes what processes that are dead have left behind; nothing else. */
  void removeLeftovers() {
    if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(base, RUN + "*")) {
      for (Path leftover : runs) {
        // Opening and closing our own lock file would drop our own lock: that is how POSIX locks
        // are.
        if (!leftover.getFileName().toString().startsWith(RUN + processName() + "-")) {
          removeIfDead(leftover);
        }
      }
    } catch (IOException e) {
      LOG.warn("Cannot look for leftovers in {}: {}", base, e.toString());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Run open = run;
    run = null;
    if (open != null) {
      open.close();
    }
  }

  private synchronized Run current() throws IOException {
    if (closed) {
      throw new ObjectStoreException(Kind.IO, "the store of " + base.getParent() + " is closed");
    }
    Run open = run;
    if (open == null) {
      open = Run.create(base);
      run = open;
    }
    return open;
  }

  private static void removeIfDead(Path directory) throws IOException {
    try (FileChannel lockFile =
            FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock()) {
      if (lock != null) {
        removeFiles(directory);
        LOG.info("Removed what a stopped process left in {}", directory);
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      LOG.debug("{} is not ours to remove: {}", directory, e.toString());
    }
  }

  private static void removeFiles(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FILE + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory.resolve(LOCK));
    Files.deleteIfExists(directory);
  }

  /** Tells processes apart, also when a process id is used again. */
  private static String processName() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid() + "-" + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private record Run(Path directory, FileChannel lockFile) {
    static Run create(Path base) throws IOException {
      String name = processName() + "-" + UUID.randomUUID();
      try {
        Files.createDirectory(base);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
          throw new ObjectStoreException(
              Kind.UNREACHABLE, base + " must be a directory, remove what is there", e);
        }
      }
      // Under its final name only once it is locked, so that nobody takes it for a leftover.
      Path unlocked = Files.createDirectory(base.resolve("new-" + name));
      FileChannel lockFile =
          FileChannel.open(
              unlocked.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        lock(lockFile);
        Path directory = base.resolve(RUN + name);
        Files.move(unlocked, directory, StandardCopyOption.ATOMIC_MOVE);
        return new Run(directory, lockFile);
      } catch (IOException e) {
        lockFile.close();
        throw e;
      }
    }

    private static void lock(FileChannel lockFile) throws IOException {
      FileLock lock = lockFile.tryLock();
      if (lock == null) {
        throw new IOException("a lock file just made is locked by somebody else");
      }
    }

    void close() {
      try (lockFile) {
        removeFiles(directory);
      } catch (NoSuchFileException e) {
        LOG.debug("{} is gone already", directory);
      } catch (IOException e) {
        LOG.warn("Cannot remove {}: {}", directory, e.toString());
      }
      try {
        Files.deleteIfExists(directory.getParent());
      } catch (IOException e) {
        LOG.debug("{} is still in use: {}", directory.getParent(), e.toString());
      }
    }
  }
}
