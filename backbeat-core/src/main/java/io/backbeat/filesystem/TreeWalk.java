package io.backbeat.filesystem;

import io.backbeat.filesystem.ScanProblem.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks a directory tree in the order of the UTF-8 bytes of the relative paths. Holds the names of
 * the directories from the root down to the current one, no more. For one thread.
 */
final class TreeWalk {
  private static final char UNREADABLE_CHARACTER = '\uFFFD';

  private final WatchedDirectory watched;
  private final Clock clock;
  private final Consumer<ScanProblem> problems;
  private final Deque<Iterator<Child>> open = new ArrayDeque<>();
  private final Deque<TreeItem> ready = new ArrayDeque<>();
  private final boolean empty;

  /** A name in a directory; the order is by key, and a directory's key ends with a slash. */
  private record Child(String key, Path path, FileState state, boolean settled) {}

  TreeWalk(WatchedDirectory watched, Clock clock, Consumer<ScanProblem> problems) {
    this.watched = watched;
    this.clock = clock;
    this.problems = problems;
    enter("", watched.root());
    empty = open.isEmpty() || !open.getFirst().hasNext();
  }

  /** Whether there is nothing at all under the root, or it cannot be read. */
  boolean isEmpty() {
    return empty;
  }

  /** The next item, or empty at the end. */
  Optional<TreeItem> next() {
    while (ready.isEmpty()) {
      Iterator<Child> directory = open.peek();
      if (directory == null) {
        return Optional.empty();
      }
      if (!directory.hasNext()) {
        open.pop();
        continue;
      }
      Child child = directory.next();
      if (child.state.isDirectory()) {
        enter(child.key, child.path);
      } else {
        return Optional.of(new TreeItem.File(child.key, child.state, child.settled));
      }
    }
    return Optional.of(ready.pop());
  }

  private void enter(String prefix, Path directory) {
    List<Child> children = new ArrayList<>();
    // Taken before the files are looked at: what changes while the directory is read must count as
    // not settled.
    Instant now = clock.instant();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        look(prefix, entry, now).ifPresent(children::add);
      }
    } catch (DirectoryIteratorException e) {
      unseen(prefix, new IOException("listing it failed", e));
    } catch (IOException e) {
      unseen(prefix, e);
    }
    children.sort(Comparator.comparing(Child::key, Utf8Order::compare));
    open.push(children.iterator());
  }

  private Optional<Child> look(String prefix, Path entry, Instant now) {
    Path fileName = entry.getFileName();
    String name = fileName.toString();
    String key = prefix + name;
    if (KeyPaths.isStaging(key) || watched.exclude().test(key)) {
      return Optional.empty();
    }
    if (name.indexOf(UNREADABLE_CHARACTER) >= 0
        && !entry.getFileSystem().getPath(name).equals(fileName)) {
      return problem(
          key,
          Reason.NAME_NOT_TEXT,
          "the bytes of the name are not UTF-8; rename it to have it copied");
    }
    try {
      FileState state = FileState.of(entry);
      return switch (state.type()) {
        case FILE -> Optional.of(new Child(key, entry, state, settled(state, now)));
        case DIRECTORY -> Optional.of(new Child(key + "/", entry, state, true));
        case SYMBOLIC_LINK ->
            problem(key, Reason.SYMBOLIC_LINK, "symbolic links are not followed and not copied");
        case SPECIAL ->
            problem(key, Reason.SPECIAL_FILE, "pipes, sockets and devices are not copied");
      };
    } catch (NoSuchFileException e) {
      return problem(key, Reason.VANISHED, "removed while it was looked at");
    } catch (IOException e) {
      unseen(prefix, e);
      return Optional.empty();
    }
  }

  /** A time stamp of the future says nothing: such a file would never settle. */
  private boolean settled(FileState state, Instant now) {
    return Duration.between(state.changed(), now).abs().compareTo(watched.quietPeriod()) >= 0;
  }

  private void unseen(String prefix, IOException error) {
    if (error instanceof NoSuchFileException && !prefix.isEmpty()) {
      problem(prefix, Reason.VANISHED, "removed while it was looked at");
      return;
    }
    Reason reason = error instanceof AccessDeniedException ? Reason.ACCESS_DENIED : Reason.IO_ERROR;
    problem(prefix, prefix.isEmpty() ? Reason.NOTHING_THERE : reason, "cannot be read: " + error);
    ready.add(new TreeItem.Unseen(prefix));
  }

  private Optional<Child> problem(String path, Reason reason, String detail) {
    problems.accept(new ScanProblem(path, reason, detail));
    return Optional.empty();
  }
}
