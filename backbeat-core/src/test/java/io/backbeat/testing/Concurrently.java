package io.backbeat.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does one thing from several threads that start at the same moment. */
public final class Concurrently {
  private static final int TIMEOUT_SECONDS = 60;

  /** What each thread does; the index is 0 to {@code threads - 1}. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does it. */
    T run(int index) throws Exception;
  }

  private Concurrently() {}

  /**
   * Runs the task once per thread and gives the results by index; fails if one throws or takes
   * longer than a minute.
   */
  public static <T> List<T> run(int threads, Task<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        running.add(
            pool.submit(
                () -> {
                  start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                  return task.run(index);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
