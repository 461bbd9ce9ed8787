package io.backbeat.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other per key, in the order offered, and in parallel across keys.
 *
 * <p>Bounded in entries and in bytes: when it is full, {@link #offer} says no. Fair: a key goes to
 * the back of the queue after each of its tasks, so a key with many tasks delays the others by one
 * task a round. Uses at most {@link #limit()} threads of the executor at a time and none while it
 * is idle or paused; a worker goes on with the next ready task by itself. An executor with fewer
 * threads than the limits of all who share it makes them wait for each other.
 *
 * <p>Thread-safe; tasks may call every method. Every method takes O(1), except {@link #clear} and
 * {@link #close}, which take O(keys), and {@link #limit(int)}, which takes O(keys that wait after
 * {@link Verdict#AGAIN}).
 */
public final class KeyedExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedExecutor.class);

  /** How a task ended. */
  public enum Verdict {
    /** It is over; the next one of its key may run. */
    DONE,
    /**
     * It stays at the head of its key and runs again, but not before the next call of {@link
     * #limit(int)} with any value, counted from the start of this run.
     */
    AGAIN
  }

  /** A piece of work. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does the work. Anything thrown, except an interrupt, is logged and counts as {@link
     * Verdict#DONE}.
     *
     * @throws InterruptedException if told to stop before the end; counts as {@link Verdict#AGAIN},
     *     and gives the thread back to the executor with its interrupt flag set
     */
    Verdict run() throws InterruptedException;
  }

  /** How one run ended. */
  private enum End {
    DONE,
    AGAIN,
    INTERRUPTED
  }

  private final Executor threads;
  private final int maxEntries;
  private final long maxBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  // All below is guarded by the lock. A line is in exactly one of: running, ready, held back.
  private final Map<String, KeyLine> lines = new HashMap<>();
  private final ArrayDeque<KeyLine> ready = new ArrayDeque<>();
  private final List<KeyLine> heldBack = new ArrayList<>();
  private int limit;
  private long limitCalls;
  private int workers;
  private int running;
  private int size;
  private long bytes;
  private boolean closed;

  /**
   * Creates an executor without tasks.
   *
   * @param threads where tasks run; stays its owner's to close. One that runs tasks in the calling
   *     thread makes {@link #offer} block
   * @param limit how many tasks run at once, 0 or more
   * @param maxEntries how many tasks are held, queued and running, at least 1
   * @param maxBytes how many bytes they may have together, at least 1
   */
  public KeyedExecutor(Executor threads, int limit, int maxEntries, long maxBytes) {
    this.threads = Objects.requireNonNull(threads, "threads");
    this.limit = checkLimit(limit);
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be >= 1, was " + maxEntries);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be >= 1, was " + maxBytes);
    }
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a task, if there is room for it. An entry larger than all the room is taken when nothing
   * else is held. Never blocks.
   *
   * @param key orders the task
   * @param entryBytes what the task holds in memory, 0 or more
   * @return false if full or closed; nothing was changed
   */
  public boolean offer(String key, long entryBytes, Task task) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(task, "task");
    if (entryBytes < 0) {
      throw new IllegalArgumentException("bytes must be >= 0, was " + entryBytes);
    }
    int wanted;
    lock.lock();
    try {
      if (closed || size >= maxEntries || (size > 0 && entryBytes > maxBytes - bytes)) {
        return false;
      }
      append(key, entryBytes, task);
      size++;
      bytes += entryBytes;
      wanted = hireWorkers();
    } finally {
      lock.unlock();
    }
    start(wanted);
    return true;
  }

  /**
   * Sets how many tasks run at once from now on. Lower takes effect as running tasks end, which are
   * never interrupted; higher takes effect at once. 0 pauses: nothing new starts. Tasks that ended
   * with {@link Verdict#AGAIN} become ready again.
   */
  public void limit(int maxRunning) {
    checkLimit(maxRunning);
    int wanted;
    lock.lock();
    try {
      limit = maxRunning;
      limitCalls++;
      ready.addAll(heldBack);
      heldBack.clear();
      wanted = hireWorkers();
    } finally {
      lock.unlock();
    }
    start(wanted);
  }

  /** How many tasks may run at once. */
  public int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks run now. */
  public int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks are held, queued and running. */
  public int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes they have together. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an entry of one byte would be taken. */
  public boolean hasRoom() {
    lock.lock();
    try {
      return !closed && size < maxEntries && (size == 0 || bytes < maxBytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no task runs. Useful after {@code limit(0)}; without it, tasks may start again at
   * any time.
   *
   * @return false if the time passed first
   */
  public boolean awaitIdle(Duration timeout) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (running > 0) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops every task that is not running, also those that wait after {@link Verdict#AGAIN}. A
   * running task that ends with {@code AGAIN} later is kept, as after any run.
   *
   * @return how many were dropped
   */
  public int clear() {
    lock.lock();
    try {
      int before = size;
      ready.clear();
      heldBack.clear();
      lines.values().removeIf(line -> !line.running());
      size = 0;
      bytes = 0;
      for (KeyLine line : lines.values()) {
        line.keepFirst();
        size++;
        bytes += line.firstBytes();
      }
      return before - size;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops what is not running and refuses everything from now on. Running tasks go on; none runs
   * again. Idempotent.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      clear();
    } finally {
      lock.unlock();
    }
  }

  private static int checkLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be >= 0, was " + limit);
    }
    return limit;
  }

  private void append(String key, long entryBytes, Task task) {
    KeyLine line = lines.get(key);
    if (line == null) {
      line = new KeyLine(key, task, entryBytes);
      lines.put(key, line);
      ready.add(line);
    } else {
      line.append(task, entryBytes);
    }
  }

  /** Counts in the workers that are missing; they are to be started outside of the lock. */
  private int hireWorkers() {
    // A worker that was hired and has no task yet will take one of those that are ready.
    int free = workers - running;
    int wanted = Math.max(0, Math.min(limit - workers, ready.size() - free));
    workers += wanted;
    return wanted;
  }

  private void start(int wanted) {
    int started = 0;
    try {
      while (started < wanted) {
        threads.execute(this::work);
        started++;
      }
    } catch (RejectedExecutionException e) {
      LOG.warn(
          "No thread for a worker, tasks wait until the next offer or limit: {}", e.toString());
    } finally {
      if (started < wanted) {
        dismiss(wanted - started);
      }
    }
  }

  private void dismiss(int hired) {
    lock.lock();
    try {
      workers -= hired;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    KeyLine line = take();
    while (line != null) {
      line = finishAndTake(line, run(line));
    }
  }

  private @Nullable KeyLine take() {
    lock.lock();
    try {
      return takeOrLeave();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable KeyLine finishAndTake(KeyLine line, End end) {
    int wanted = 0;
    lock.lock();
    try {
      finish(line, end);
      if (end != End.INTERRUPTED) {
        return takeOrLeave();
      }
      workers--;
      wanted = hireWorkers();
      return null;
    } finally {
      if (running == 0) {
        idle.signalAll();
      }
      lock.unlock();
      start(wanted);
    }
  }

  /** The next task for the calling worker, or none, and then the worker is no longer counted. */
  private @Nullable KeyLine takeOrLeave() {
    KeyLine line = workers > limit ? null : ready.poll();
    if (line == null) {
      workers--;
      return null;
    }
    line.started(limitCalls);
    running++;
    return line;
  }

  private void finish(KeyLine line, End end) {
    running--;
    line.ended();
    if (end == End.DONE || closed) {
      size--;
      bytes -= line.firstBytes();
      if (line.removeFirst()) {
        ready.add(line);
      } else {
        lines.remove(line.key);
      }
    } else if (line.limitCallsAtStart() == limitCalls) {
      heldBack.add(line);
    } else {
      // The limit changed while it ran: what made it wait may be over, and nobody would wake it.
      ready.add(line);
    }
  }

  private static End run(KeyLine line) {
    try {
      return line.firstTask().run() == Verdict.AGAIN ? End.AGAIN : End.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return End.INTERRUPTED;
    } catch (Throwable e) {
      // Even an Error must not tear the bookkeeping of the other keys.
      LOG.error("Task of {} failed", line.key, e);
      return End.DONE;
    }
  }
}
