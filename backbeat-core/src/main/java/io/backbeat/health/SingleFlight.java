package io.backbeat.health;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A piece of work that is done by one thread at a time: who asks for it while it is under way gets
 * that one's answer, so that work which hangs holds one thread, however often it is asked for.
 * Thread-safe.
 */
public final class SingleFlight<T> {
  private final Supplier<T> work;
  private final Executor executor;
  private Optional<CompletableFuture<T>> underWay = Optional.empty();

  /**
   * Does nothing until it is asked.
   *
   * @param work may throw, may take long
   * @param executor runs the work; owned by the caller
   */
  public SingleFlight(Supplier<T> work, Executor executor) {
    this.work = work;
    this.executor = executor;
  }

  /**
   * Starts the work, unless it is under way. Does not wait.
   *
   * @return its answer to be; failed with what the work threw, or with {@link
   *     RejectedExecutionException} if the executor takes no work
   */
  public synchronized CompletableFuture<T> ask() {
    CompletableFuture<T> answer =
        underWay.filter(running -> !running.isDone()).orElseGet(this::begin);
    underWay = Optional.of(answer);
    return answer;
  }

  private CompletableFuture<T> begin() {
    try {
      return CompletableFuture.supplyAsync(work, executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
