package io.backbeat.filesystem;

import io.backbeat.log.MetadataJournal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a journal in step with the files of a directory: a new or changed file is a client write of
 * an object, a removed file a delete. Thread-safe; passes do not overlap.
 *
 * <p>A pass compares names and file states with what the journal has, and opens no file. Its memory
 * grows with the largest single directory, not with the tree. A file with a link, a pipe or a name
 * without valid text is reported in the summary of every pass and logged once; a directory that
 * cannot be read keeps its objects as they are.
 *
 * <p>Only files that were left alone for the quiet period are taken. A file system notes the time
 * of a change in steps of some milliseconds; a file that is looked at within the step of a change
 * could be changed again without its time stamps showing it, and the second change would be missed
 * for ever.
 */
public final class DirectoryWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatcher.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final int MOST_LOGGED_ONCE = 10_000;

  private final WatchedDirectory watched;
  private final MetadataJournal journal;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<ScanProblem> logged = new HashSet<>();
  private @Nullable Thread thread;

  /**
   * A watcher that does nothing yet. The journal stays the caller's to close, after the watcher.
   */
  public DirectoryWatcher(WatchedDirectory watched, MetadataJournal journal, Clock clock) {
    this.watched = watched;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Makes one pass on the caller's thread. What it found is durable in the journal on return.
   * Errors of the file system are in the summary.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the journal does not answer; the
   *     next pass finds what this one did not record
   */
  public ScanSummary scan() {
    synchronized (logged) {
      ScanSummary summary = new DirectoryScan(watched, journal, clock, this::stopped).run();
      summary.problems().forEach(this::logOnce);
      return summary;
    }
  }

  /**
   * Makes a pass now and then again and again on a thread of its own, until {@link #close}. To be
   * called once.
   *
   * @param interval from the end of a pass to the beginning of the next
   * @param listener hears of every pass that ended, on the watcher's thread; an exception of it is
   *     logged
   */
  public synchronized void start(Duration interval, Consumer<ScanSummary> listener) {
    if (thread != null || stopped()) {
      throw new IllegalStateException(
          "watcher of " + watched.root() + " was started or closed before");
    }
    Thread started =
        new Thread(() -> repeat(interval, listener), "backbeat-watch-" + watched.bucket());
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** As {@link #start(Duration, Consumer)}, with nobody listening. */
  public void start(Duration interval) {
    start(interval, summary -> {});
  }

  /** Ends the current pass between two files, and waits for that at most 10 seconds. Idempotent. */
  @Override
  public synchronized void close() {
    stop.countDown();
    Thread running = thread;
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      running.join(CLOSE_LIMIT.toMillis());
      if (running.isAlive()) {
        LOG.warn("{} did not end within {}; interrupting it", running.getName(), CLOSE_LIMIT);
        running.interrupt();
      }
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void repeat(Duration interval, Consumer<ScanSummary> listener) {
    try {
      do {
        pass(listener);
      } while (!stop.await(interval.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      LOG.info("{} was interrupted and ends", Thread.currentThread().getName());
    }
  }

  private void pass(Consumer<ScanSummary> listener) {
    try {
      ScanSummary summary = scan();
      if (!stopped()) {
        listener.accept(summary);
      }
    } catch (RuntimeException e) {
      LOG.warn("A pass over {} failed; the next one will find what it missed", watched.root(), e);
    }
  }

  private void logOnce(ScanProblem problem) {
    boolean worthIt = problem.reason() != ScanProblem.Reason.VANISHED;
    if (worthIt && logged.size() < MOST_LOGGED_ONCE && logged.add(problem)) {
      LOG.warn(
          "{} in {}: {} {}", problem.path(), watched.root(), problem.reason(), problem.detail());
    }
  }
}
