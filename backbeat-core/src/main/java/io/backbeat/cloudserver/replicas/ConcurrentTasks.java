package io.backbeat.cloudserver.replicas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does something to each item of a list, a few at a time. After a first error no further item is
 * begun, and those under way are waited for; so nothing is going on any more on return, whatever
 * happened.
 */
final class ConcurrentTasks<T, R> {
  /** What is done to an item. */
  @FunctionalInterface
  interface Task<T, R> {
    R run(T item) throws Exception;
  }

  /**
   * What came of it.
   *
   * @param done what was answered, in the order of the items, without those that failed or were not
   *     begun
   * @param error the first one
   */
  record Results<R>(List<R> done, Optional<Exception> error) {}

  private final List<T> items;
  private final Task<T, R> task;
  private final List<@Nullable R> answers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Exception> error = new AtomicReference<>();

  private ConcurrentTasks(List<T> items, Task<T, R> task) {
    this.items = items;
    this.task = task;
    this.answers =
        Collections.synchronizedList(new ArrayList<>(Collections.nCopies(items.size(), null)));
  }

  /**
   * Does it. The calling thread does its share, so that one item needs no other thread. If the
   * calling thread is interrupted, the others are too, and the error says so.
   *
   * @param limit at most so many at a time, at least 1
   */
  static <T, R> Results<R> run(List<T> items, int limit, Executor executor, Task<T, R> task) {
    return new ConcurrentTasks<>(items, task).run(Math.min(limit, items.size()) - 1, executor);
  }

  private Results<R> run(int others, Executor executor) {
    CountDownLatch ended = new CountDownLatch(Math.max(0, others));
    List<FutureTask<?>> runners = new ArrayList<>();
    List<AtomicBoolean> begun = new ArrayList<>();
    for (int i = 0; i < others; i++) {
      AtomicBoolean first = new AtomicBoolean();
      FutureTask<?> runner =
          new FutureTask<>(
              () -> {
                if (first.compareAndSet(false, true)) {
                  try {
                    takeItems();
                  } finally {
                    ended.countDown();
                  }
                }
                return null;
              });
      begun.add(first);
      runners.add(runner);
      try {
        executor.execute(runner);
      } catch (RejectedExecutionException e) { // the calling thread does it all
        break;
      }
    }
    takeItems();
    // Whoever did not begin by now finds nothing to do.
    for (int i = 0; i < others; i++) {
      if (i >= begun.size() || begun.get(i).compareAndSet(false, true)) {
        ended.countDown();
      }
    }
    awaitAll(ended, runners);
    return new Results<>(
        answers.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList(),
        Optional.ofNullable(error.get()));
  }

  private void takeItems() {
    for (int i = next.getAndIncrement();
        i < items.size() && error.get() == null;
        i = next.getAndIncrement()) {
      try {
        answers.set(i, task.run(items.get(i)));
      } catch (Exception e) {
        error.compareAndSet(null, e);
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void awaitAll(CountDownLatch ended, List<FutureTask<?>> runners) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      if (interrupted) {
        error.compareAndSet(null, new InterruptedException("interrupted"));
        runners.forEach(runner -> runner.cancel(true));
      }
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
