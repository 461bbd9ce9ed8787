package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@link io.backbeat.api.LocationOperations} without waiting; what each method means is told there.
 * Thread-safe. Every method can be repeated and is, within the {@link RetryOptions}.
 *
 * <p>Servers that tell no details, as the original, are asked a second time; then {@code observed}
 * is UNKNOWN and {@code revision} 0. They confirm a change before it is made, so the status may
 * still be the one before.
 */
public final class AsyncLocations {
  private static final long MAX_HOURS = 876_000;

  private final Wire wire;

  AsyncLocations(Wire wire) {
    this.wire = wire;
  }

  /** Desired and observed state of all locations of a service, in configured order. */
  public CompletableFuture<List<LocationStatus>> list(ServiceName service) {
    CompletableFuture<LocationAnswer> statuses =
        wire.send(() -> Call.get(Route.of(service, ApiPaths.STATUS).detailed(), reader(service)));
    return Step.compose(
        statuses, answer -> completed(answer, () -> Route.of(service, ApiPaths.RESUME)));
  }

  /** Desired and observed state of one location. */
  public CompletableFuture<LocationStatus> get(ServiceName service, LocationName location) {
    CompletableFuture<LocationAnswer> status =
        wire.send(
            () ->
                Call.get(
                    Route.of(service, ApiPaths.STATUS).location(location).detailed(),
                    reader(service)));
    return Step.compose(
        Step.compose(
            status,
            answer ->
                completed(answer, () -> Route.of(service, ApiPaths.RESUME).location(location))),
        statuses -> only(service, location, statuses));
  }

  /** Pauses a location. */
  public CompletableFuture<LocationStatus> pause(ServiceName service, LocationName location) {
    return change(
        service,
        location,
        () ->
            Call.post(
                Route.of(service, ApiPaths.PAUSE).location(location).detailed(), reader(service)));
  }

  /** Resumes a location now and forgets its schedule. */
  public CompletableFuture<LocationStatus> resume(ServiceName service, LocationName location) {
    return change(
        service,
        location,
        () ->
            Call.post(
                Route.of(service, ApiPaths.RESUME).location(location).detailed(), reader(service)));
  }

  /**
   * Schedules the end of a pause. Servers that know hours only, as the original, get the full hours
   * from now, by the clock of this machine, after which {@code when} has passed; at least one.
   */
  public CompletableFuture<LocationStatus> resumeAt(
      ServiceName service, LocationName location, Instant when) {
    return change(
        service,
        location,
        () -> Call.post(schedule(service, location), scheduleBody(when), reader(service)));
  }

  /** Forgets the schedule; a paused location stays paused. */
  public CompletableFuture<LocationStatus> cancelResume(
      ServiceName service, LocationName location) {
    return change(
        service, location, () -> Call.delete(schedule(service, location), reader(service)));
  }

  private CompletableFuture<LocationStatus> change(
      ServiceName service, LocationName location, Supplier<Call<LocationAnswer>> call) {
    return Step.compose(
        wire.send(call),
        answer ->
            answer.bare() || answer.statuses().isEmpty()
                ? get(service, location)
                : only(service, location, answer.statuses()));
  }

  private CompletableFuture<List<LocationStatus>> completed(
      LocationAnswer answer, Supplier<Route> schedules) {
    return answer.bare()
        ? wire.send(
            () -> Call.get(schedules.get(), body -> answer.scheduled(ScheduleAnswer.of(body))))
        : CompletableFuture.completedFuture(answer.statuses());
  }

  private static CompletableFuture<LocationStatus> only(
      ServiceName service, LocationName location, List<LocationStatus> statuses) {
    return statuses.stream()
        .filter(status -> status.location().equals(location))
        .findFirst()
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new BackbeatException(
                        ErrorCode.INTERNAL_ERROR,
                        "the server was asked for the status of "
                            + service.wireName()
                            + " at "
                            + location
                            + " and told that of "
                            + statuses.stream().map(LocationStatus::location).toList())));
  }

  private static Function<JsonNode, LocationAnswer> reader(ServiceName service) {
    return body -> LocationAnswer.of(service, body);
  }

  private static Route schedule(ServiceName service, LocationName location) {
    return Route.of(service, ApiPaths.RESUME)
        .location(location)
        .segment(ApiPaths.SCHEDULE)
        .detailed();
  }

  private byte[] scheduleBody(Instant when) {
    Duration pause = Duration.between(wire.timing().now(), when);
    long hours = pause.plusHours(1).minusNanos(1).toHours();
    return Json.write(
        JsonNodeFactory.instance
            .objectNode()
            .put("hours", Math.min(Math.max(hours, 1), MAX_HOURS))
            .put("at", when.toString()));
  }
}
