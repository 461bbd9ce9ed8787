package io.backbeat.api;

import java.time.Instant;
import java.util.List;

/**
 * Pausing and resuming of locations. Thread-safe. Every change is durable when the method returns;
 * engines follow as soon as they see it, at the latest after their next look at the store. While
 * paused, jobs are queued and none is lost.
 */
public interface LocationOperations {
  /** Desired and observed state of all locations of a service, in configured order. */
  List<LocationStatus> list(ServiceName service);

  /**
   * Desired and observed state of one location.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such location
   */
  LocationStatus get(ServiceName service, LocationName location);

  /**
   * Pauses a location. A location that is already paused keeps its schedule. Idempotent.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such location
   */
  LocationStatus pause(ServiceName service, LocationName location);

  /**
   * Resumes a location now and forgets its schedule. Idempotent.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such location
   */
  LocationStatus resume(ServiceName service, LocationName location);

  /**
   * Schedules the end of a pause, replacing an earlier schedule. Does nothing to a location that is
   * running. An instant that has passed resumes now.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such location
   */
  LocationStatus resumeAt(ServiceName service, LocationName location, Instant when);

  /**
   * Forgets the schedule; a paused location stays paused. Idempotent.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such location
   */
  LocationStatus cancelResume(ServiceName service, LocationName location);
}
