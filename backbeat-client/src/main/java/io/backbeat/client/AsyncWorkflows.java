package io.backbeat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ApiPaths;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@link io.backbeat.api.WorkflowOperations} without waiting; what each method means is told there.
 * Thread-safe.
 */
public final class AsyncWorkflows {
  private final Wire wire;

  AsyncWorkflows(Wire wire) {
    this.wire = wire;
  }

  /** Makes the buckets follow a configuration. Repeated within the {@link RetryOptions}. */
  public CompletableFuture<@Nullable Void> apply(String configuration) {
    return wire.send(
        () -> Call.post(Route.of(ApiPaths.WORKFLOWS), configuration.getBytes(UTF_8), body -> null));
  }
}
