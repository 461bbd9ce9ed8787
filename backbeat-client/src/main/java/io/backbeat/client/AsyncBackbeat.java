package io.backbeat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.HealthReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * {@link io.backbeat.api.Backbeat} over HTTP without waiting: every method returns at once and no
 * thread of the caller is held. What each method means is told there.
 *
 * <p>A future that fails holds a {@link BackbeatException}, or what a {@link RequestSigner} threw.
 * Cancelling a future ends its attempt at hand, with the connection, and makes no other; what the
 * server has begun goes on. Dependent actions run on threads of the HTTP client or on the common
 * pool, where the JDK's client ends its own futures: nothing must block there for long, or answers
 * wait. Time-outs and repeated attempts do not depend on it.
 *
 * <p>Thread-safe.
 */
public final class AsyncBackbeat {
  /** A server gives its partitions up to 60 seconds. */
  private static final Duration DEEP_PATIENCE = Duration.ofSeconds(75);

  private final Wire wire;
  private final AsyncMetrics metrics;
  private final AsyncFailed failed;
  private final AsyncLocations locations;
  private final AsyncObjects objects;
  private final AsyncWorkflows workflows;
  private final AsyncBulk bulk;

  AsyncBackbeat(Wire wire) {
    this.wire = wire;
    this.metrics = new AsyncMetrics(wire);
    this.failed = new AsyncFailed(wire);
    this.locations = new AsyncLocations(wire);
    this.objects = new AsyncObjects(wire);
    this.workflows = new AsyncWorkflows(wire);
    this.bulk = new AsyncBulk(wire);
  }

  /**
   * Whether the parts of the system do their work. Of a server that tells no parts, as the
   * original, the connections it tells of. A server that cannot be reached is an error: nobody
   * knows how the parts are.
   */
  public CompletableFuture<HealthReport> health() {
    CompletableFuture<HealthReport> parts =
        wire.send(() -> Call.get(Route.of(ApiPaths.HEALTH), HealthAnswer::report));
    return Step.orElse(
        parts,
        error ->
            error.code() == ErrorCode.ROUTE_NOT_FOUND
                ? connections()
                : CompletableFuture.failedFuture(error));
  }

  /**
   * Sends a message through every partition of the job queues. Waits 75 seconds at least, whatever
   * the time-out is.
   */
  public CompletableFuture<DeepHealth> deepHealth() {
    return wire.send(
        () ->
            Call.get(Route.of(ApiPaths.HEALTHCHECK_DEEP), HealthAnswer::deep)
                .patient(DEEP_PATIENCE)
                .notRepeatable());
  }

  /** The meters of the process that answers, in the Prometheus text format 0.0.4. */
  public CompletableFuture<String> monitoring() {
    return wire.send(
        () -> Call.getBytes(Route.of(ApiPaths.MONITORING), body -> new String(body, UTF_8)));
  }

  /** Numbers per location. */
  public AsyncMetrics metrics() {
    return metrics;
  }

  /** Failed operations and their retry. */
  public AsyncFailed failed() {
    return failed;
  }

  /** Pausing and resuming of locations. */
  public AsyncLocations locations() {
    return locations;
  }

  /** The replication status of single object versions. */
  public AsyncObjects objects() {
    return objects;
  }

  /** The workflows that a management layer configures. */
  public AsyncWorkflows workflows() {
    return workflows;
  }

  /** Resyncs and retries of many operations at once. */
  public AsyncBulk bulk() {
    return bulk;
  }

  private CompletableFuture<HealthReport> connections() {
    return wire.send(() -> Call.get(Route.of(ApiPaths.HEALTHCHECK), HealthAnswer::connections));
  }
}
