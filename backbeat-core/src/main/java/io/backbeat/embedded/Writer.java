package io.backbeat.embedded;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. What callers ask for while a commit is on its way to the disk goes
 * into the next one together (group commit).
 *
 * <p>Work that fails must not spoil the others' of its group: the group is rolled back and run
 * again piece by piece. That costs nothing while nothing fails, which a savepoint for each piece
 * would. Work may therefore run more than once, and must have no effect but through its connection
 * and through state that is dropped by {@link #onRollback}.
 */
final class Writer implements AutoCloseable {
  /** What a caller wants written. */
  @FunctionalInterface
  interface Work<T> {
    T run(Db db) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_QUEUED = 1024;
  private static final int MAX_GROUP = 128;
  private static final Duration LAZY_LIMIT = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final Path file;
  private final Db db;
  private final StoreErrors errors;
  private final List<Runnable> rollbackHooks = new CopyOnWriteArrayList<>();
  private final AtomicLong commits = new AtomicLong();
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final ArrayDeque<Task<?>> queue = new ArrayDeque<>();
  private boolean urgent;
  private boolean closed;

  /** Owned by the writer's thread: the error after which nothing may be written. */
  private @Nullable BackbeatException broken;

  Writer(Path file, Db db) {
    this.file = file;
    this.db = db;
    this.errors = new StoreErrors(file);
    this.thread = new Thread(this::loop, "backbeat-store-writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Registers what drops state that mirrors the file, after a transaction that is not going to be;
   * runs on the writer's thread.
   */
  void onRollback(Runnable hook) {
    rollbackHooks.add(hook);
  }

  /** How many transactions have reached the disk. */
  long commits() {
    return commits.get();
  }

  /**
   * Runs work and waits until it is durable. An interrupt does not end the wait, which is short,
   * and stays set.
   *
   * @throws BackbeatException INTERNAL_ERROR if the store failed, NOT_RUNNING if it is closed
   * @throws RuntimeException as the work threw it
   */
  <T> T write(Work<T> work) {
    return await(submit(work));
  }

  /** Waits for work that was submitted. Throws as {@link #write}. */
  static <T> T await(CompletableFuture<T> submitted) {
    try {
      return submitted.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BackbeatException failure) {
        throw new BackbeatException(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /**
   * Runs work; the future completes when it is durable. Waits for room when too much is waiting
   * already.
   */
  <T> CompletableFuture<T> submit(Work<T> work) {
    return submit(work, true);
  }

  /**
   * Runs work together with what is asked for next, or soon if nothing is; for what nobody waits
   * for, so that it does not cost a way to the disk of its own.
   */
  <T> CompletableFuture<T> submitLazily(Work<T> work) {
    return submit(work, false);
  }

  /** Starts what was submitted lazily. */
  void hurry() {
    lock.lock();
    try {
      urgent = true;
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  private <T> CompletableFuture<T> submit(Work<T> work, boolean isUrgent) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("work on the writer's thread must not submit more work");
    }
    var task = new Task<>(work);
    lock.lock();
    try {
      while (queue.size() >= MAX_QUEUED && !closed) {
        notFull.awaitUninterruptibly();
      }
      if (closed) {
        task.done.completeExceptionally(closedError());
      } else {
        queue.add(task);
        urgent |= isUrgent;
        // A lazy one wakes the writer too, once, so that it begins to count the time.
        if (urgent || queue.size() == 1 || queue.size() >= MAX_GROUP) {
          notEmpty.signal();
        }
      }
    } finally {
      lock.unlock();
    }
    return task.done;
  }

  private BackbeatException closedError() {
    return new BackbeatException(ErrorCode.NOT_RUNNING, "the store " + file + " is closed");
  }

  private void loop() {
    List<Task<?>> group = new ArrayList<>();
    while (take(group)) {
      commitTogether(group);
      group.clear();
    }
  }

  private boolean take(List<Task<?>> group) {
    lock.lock();
    try {
      awaitWork();
      while (!queue.isEmpty() && group.size() < MAX_GROUP) {
        group.add(queue.remove());
      }
      urgent &= !queue.isEmpty();
      notFull.signalAll();
      return !group.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork() {
    while (queue.isEmpty() && !closed) {
      notEmpty.awaitUninterruptibly();
    }
    long left = LAZY_LIMIT.toNanos();
    while (!urgent && !closed && left > 0 && queue.size() < MAX_GROUP) {
      try {
        left = notEmpty.awaitNanos(left);
      } catch (InterruptedException e) {
        // Nobody interrupts this thread on purpose; going on early is harmless.
        left = 0;
      }
    }
  }

  private void commitTogether(List<Task<?>> group) {
    Throwable failure = attempt(group);
    if (failure == null) {
      group.forEach(Task::complete);
    } else if (group.size() == 1) {
      group.get(0).done.completeExceptionally(failure);
    } else {
      group.forEach(task -> commitTogether(List.of(task)));
    }
  }

  private @Nullable Throwable attempt(List<Task<?>> group) {
    if (broken != null) {
      return broken;
    }
    try {
      db.update("BEGIN IMMEDIATE");
      for (Task<?> task : group) {
        task.run(db);
      }
      db.update("COMMIT");
      commits.incrementAndGet();
      return null;
    } catch (SQLException e) {
      BackbeatException failure = errors.toBackbeat(e);
      rollBack();
      if (StoreErrors.fatal(e)) {
        LOG.error("nothing more is written to {}", file, e);
        broken = failure;
      }
      return failure;
    } catch (RuntimeException | Error e) {
      rollBack();
      return e;
    }
  }

  private void rollBack() {
    try {
      db.update("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself after some errors, and says then that there is nothing to
      // roll back.
      LOG.debug("rollback of {}", file, e);
    }
    rollbackHooks.forEach(Runnable::run);
  }

  /** Finishes what was asked for, then ends the thread and closes the connection. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
    if (!ended()) {
      LOG.warn("the last writes to {} take longer than {}", file, CLOSE_LIMIT);
      return;
    }
    try {
      db.close();
    } catch (SQLException e) {
      LOG.warn("cannot close {}", file, e);
    }
  }

  private boolean ended() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    long left;
    while (thread.isAlive() && (left = deadline - System.nanoTime()) > 0) {
      try {
        thread.join(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** One piece of work and who waits for it. */
  private static final class Task<T> {
    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;

    Task(Work<T> work) {
      this.work = work;
    }

    void run(Db db) throws SQLException {
      result = work.run(db);
    }

    @SuppressWarnings("NullAway") // run() came before
    void complete() {
      done.complete(result);
    }
  }
}
