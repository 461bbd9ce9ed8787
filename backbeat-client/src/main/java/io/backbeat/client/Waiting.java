package io.backbeat.client;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes a blocking call of a future. */
final class Waiting {
  private Waiting() {}

  /**
   * The result.
   *
   * @throws BackbeatException what the future failed with, with the stack trace of this thread;
   *     INTERNAL_ERROR if this thread is interrupted, which stays interrupted
   */
  static <T> T on(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new BackbeatException(
          ErrorCode.INTERNAL_ERROR,
          "interrupted while waiting for an answer; what was asked may or may not have happened",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackbeatException error) {
        throw new BackbeatException(error.code(), String.valueOf(error.getMessage()), error);
      }
      if (e.getCause() instanceof RuntimeException error) {
        throw error;
      }
      throw new BackbeatException(ErrorCode.INTERNAL_ERROR, String.valueOf(e.getMessage()), e);
    }
  }
}
