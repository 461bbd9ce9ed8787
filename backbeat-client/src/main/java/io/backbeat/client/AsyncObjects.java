package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@link io.backbeat.api.ObjectOperations} without waiting; what each method means is told there.
 * Thread-safe. The original has no such routes: ROUTE_NOT_FOUND.
 */
public final class AsyncObjects {
  private final Wire wire;

  AsyncObjects(Wire wire) {
    this.wire = wire;
  }

  /** Where a version stands at each of its destinations. */
  public CompletableFuture<Optional<ReplicationStatus>> status(ObjectVersion object) {
    CompletableFuture<Optional<ReplicationStatus>> status =
        wire.send(
            () ->
                Call.get(
                    Route.of(ApiPaths.OBJECTS).object(object),
                    body -> Optional.of(ObjectAnswer.status(object, body))));
    return Step.orElse(status, AsyncObjects::unknownIsEmpty);
  }

  /** Why a version stands where it stands. */
  public CompletableFuture<Optional<ObjectExplanation>> explain(ObjectVersion object) {
    CompletableFuture<Optional<ObjectExplanation>> explanation =
        wire.send(
            () ->
                Call.get(
                    Route.of(ApiPaths.EXPLAIN).object(object),
                    body -> Optional.of(ExplanationAnswer.of(object, body))));
    return Step.orElse(explanation, AsyncObjects::unknownIsEmpty);
  }

  private static <T> CompletableFuture<Optional<T>> unknownIsEmpty(BackbeatException error) {
    return error.code() == ErrorCode.OBJECT_NOT_FOUND
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(error);
  }
}
