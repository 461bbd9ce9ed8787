package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * {@link io.backbeat.api.BulkOperations} without waiting; what each method means is told there.
 * Thread-safe. The original has no such routes: ROUTE_NOT_FOUND.
 */
public final class AsyncBulk {
  private final Wire wire;

  AsyncBulk(Wire wire) {
    this.wire = wire;
  }

  /**
   * Starts a task. Sent a second time by itself only when the first was refused: no connection, 429
   * or 503.
   */
  public CompletableFuture<BulkTask> start(BulkRequest request) {
    String path = request instanceof BulkRequest.Resync ? ApiPaths.RESYNC : ApiPaths.RETRIES;
    return wire.send(
        () ->
            Call.post(Route.of(path), Json.write(BulkBody.of(request)), BulkAnswer::task)
                .notRepeatable());
  }

  /** A task as it is now. */
  public CompletableFuture<BulkTask> get(String id) {
    return wire.send(() -> Call.get(task(id), BulkAnswer::task));
  }

  /** All tasks, the newest first. */
  public CompletableFuture<List<BulkTask>> list() {
    return wire.send(() -> Call.get(Route.of(ApiPaths.TASKS), BulkAnswer::tasks));
  }

  /** Stops a task until it is resumed. */
  public CompletableFuture<BulkTask> pause(String id) {
    return wire.send(() -> Call.post(task(id).segment(ApiPaths.PAUSE), BulkAnswer::task));
  }

  /** Lets a paused task go on. */
  public CompletableFuture<BulkTask> resume(String id) {
    return wire.send(() -> Call.post(task(id).segment(ApiPaths.RESUME), BulkAnswer::task));
  }

  /** Ends a task. */
  public CompletableFuture<BulkTask> cancel(String id) {
    return wire.send(() -> Call.post(task(id).segment(ApiPaths.CANCEL), BulkAnswer::task));
  }

  /**
   * Waits for the end of a task: DONE, CANCELLED or FAILED. A paused one is waited for. Cancelling
   * the future ends the waiting and not the task.
   *
   * @param every how long to wait between two looks; positive
   * @param progress hears of every look, also the last one; what it throws ends the waiting
   */
  public CompletableFuture<BulkTask> awaitDone(
      String id, Duration every, Consumer<BulkTask> progress) {
    ClientOptions.checkPositive(every, "every");
    Ending ending = new Ending(id, every, progress);
    ending.cancelStepsOnFailure();
    ending.look();
    return ending;
  }

  private static Route task(String id) {
    return Route.of(ApiPaths.TASKS).segment(id);
  }

  /** Looks again and again; each look is a step, so that none keeps those before. */
  @SuppressWarnings("FutureReturnValueIgnored") // what the dependents of steps do ends in this
  private final class Ending extends Step<BulkTask> {
    private final String id;
    private final Duration every;
    private final Consumer<BulkTask> progress;

    private Ending(String id, Duration every, Consumer<BulkTask> progress) {
      this.id = id;
      this.every = every;
      this.progress = progress;
    }

    private void look() {
      CompletableFuture<BulkTask> look = AsyncBulk.this.get(id);
      follow(look);
      look.thenAccept(this::seen)
          .whenComplete(
              (nothing, error) -> {
                if (error != null) {
                  end(null, error);
                }
              });
    }

    private void seen(BulkTask task) {
      progress.accept(task);
      if (task.ended()) {
        complete(task);
        return;
      }
      CompletableFuture<Void> pause = wire.timing().pause(every);
      follow(pause);
      pause.thenRun(this::look);
    }
  }
}
