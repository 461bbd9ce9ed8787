package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@link io.backbeat.api.ObjectOperations} without waiting; what each method means is told there.
 * Thread-safe. The original has no such route: ROUTE_NOT_FOUND.
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

  private static CompletableFuture<Optional<ReplicationStatus>> unknownIsEmpty(
      BackbeatException error) {
    return error.code() == ErrorCode.OBJECT_NOT_FOUND
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(error);
  }
}
