package io.backbeat.client;

import io.backbeat.api.BackbeatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A future whose work is done in steps. When it is cancelled, or ended from outside in another way,
 * the step at hand is cancelled too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what the dependents of steps do ends in this future
class Step<T> extends CompletableFuture<T> {
  private final AtomicReference<@Nullable Future<?>> current = new AtomicReference<>();

  /** Makes a future the step at hand. */
  final void follow(Future<?> step) {
    current.set(step);
    if (isCompletedExceptionally()) {
      step.cancel(true);
    }
  }

  /** To be called once, before anybody else sees this future. */
  final void cancelStepsOnFailure() {
    whenComplete(
        (result, error) -> {
          Future<?> step = current.get();
          if (error != null && step != null) {
            step.cancel(true);
          }
        });
  }

  /** One thing after the other. */
  static <A, B> CompletableFuture<B> compose(
      CompletableFuture<A> first, Function<A, CompletableFuture<B>> next) {
    Step<B> both = new Step<>();
    both.cancelStepsOnFailure();
    both.follow(first);
    CompletableFuture<B> second =
        first.thenCompose(
            a -> {
              CompletableFuture<B> begun = next.apply(a);
              both.follow(begun);
              return begun;
            });
    second.whenComplete(both::end);
    return both;
  }

  /** What follows when the first thing fails as Backbeat fails. */
  static <T> CompletableFuture<T> orElse(
      CompletableFuture<T> first, Function<BackbeatException, CompletableFuture<T>> otherwise) {
    CompletableFuture<CompletableFuture<T>> decided =
        first.handle(
            (result, error) ->
                error instanceof BackbeatException known ? otherwise.apply(known) : first);
    Step<T> both = new Step<>();
    both.cancelStepsOnFailure();
    both.follow(first);
    decided.whenComplete(
        (last, error) -> {
          if (error != null) {
            both.end(null, error);
          } else {
            both.follow(last);
            last.whenComplete(both::end);
          }
        });
    return both;
  }

  /** Ends as another future ended, which gives its errors unwrapped. */
  final void end(@Nullable T result, @Nullable Throwable error) {
    if (error == null) {
      complete(result);
    } else {
      completeExceptionally(unwrapped(error));
    }
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
