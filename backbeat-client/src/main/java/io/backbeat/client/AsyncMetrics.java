package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@link io.backbeat.api.MetricsOperations} without waiting; what each method means is told there.
 * Thread-safe.
 *
 * <p>On the wire throughputs have two decimals, and ingestion counts neither bytes nor failures:
 * these are 0. Times of the lag are in whole milliseconds.
 */
public final class AsyncMetrics {
  private final Wire wire;

  AsyncMetrics(Wire wire) {
    this.wire = wire;
  }

  /** The numbers of one location. */
  public CompletableFuture<MetricsReport> report(ServiceName service, LocationName location) {
    return wire.send(
        () ->
            Call.get(
                route(service).location(location), body -> MetricsAnswer.report(service, body)));
  }

  /** The numbers of all configured locations of a service, added up. */
  public CompletableFuture<MetricsReport> reportAll(ServiceName service) {
    return wire.send(
        () ->
            Call.get(
                route(service).segment(ApiPaths.ALL), body -> MetricsAnswer.report(service, body)));
  }

  /** How far the copy of one version to one location is. */
  public CompletableFuture<ObjectProgress> progress(LocationName location, ObjectVersion object) {
    return wire.send(() -> Call.get(route(location, "progress", object), MetricsAnswer::progress));
  }

  /** Bytes per second of the copy of one version to one location. */
  public CompletableFuture<Double> bytesPerSecond(LocationName location, ObjectVersion object) {
    return wire.send(
        () -> Call.get(route(location, "throughput", object), MetricsAnswer::bytesPerSecond));
  }

  /** How far a destination is behind. The original has no such route: ROUTE_NOT_FOUND. */
  public CompletableFuture<LagReport> lag(ServiceName service, LocationName location) {
    return wire.send(
        () -> Call.get(route(service).location(location).segment(ApiPaths.LAG), LagAnswer::only));
  }

  /** The same of each configured location. */
  public CompletableFuture<List<LagReport>> lagAll(ServiceName service) {
    return wire.send(
        () ->
            Call.get(
                route(service).segment(ApiPaths.ALL).segment(ApiPaths.LAG), LagAnswer::reports));
  }

  private static Route route(ServiceName service) {
    return Route.of(ApiPaths.METRICS).segment(service.wireName());
  }

  private static Route route(LocationName location, String type, ObjectVersion object) {
    return route(ServiceName.REPLICATION)
        .location(location)
        .segment(type)
        .objectOrUnversioned(object);
  }
}
