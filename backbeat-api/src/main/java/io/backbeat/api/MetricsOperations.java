package io.backbeat.api;

import java.util.List;

/**
 * Numbers per location. Thread-safe. Every method throws {@link BackbeatException} with {@link
 * ErrorCode#INTERNAL_ERROR} (a retry may help) when the store of the counters does not answer; an
 * outage is never reported as zeros.
 */
public interface MetricsOperations {
  /**
   * The numbers of one location.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such
   *     location, or no metrics, as {@link ServiceName#LIFECYCLE}
   */
  MetricsReport report(ServiceName service, LocationName location);

  /**
   * The numbers of all configured locations of a service, added up.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no metrics, as
   *     {@link ServiceName#LIFECYCLE}
   */
  MetricsReport reportAll(ServiceName service);

  /**
   * How far the copy of one version to one location is. Zeros for an unknown object.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is no such location
   */
  ObjectProgress progress(LocationName location, ObjectVersion object);

  /**
   * Bytes per second of the copy of one version to one location, averaged over the last 15 minutes.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is no such location
   */
  double bytesPerSecond(LocationName location, ObjectVersion object);

  /**
   * How far a destination is behind. Made from the ledger of jobs in a time that grows with what is
   * pending, so what was read is given again for a second at least.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service has no such
   *     location, or is not {@link ServiceName#REPLICATION}
   */
  LagReport lag(ServiceName service, LocationName location);

  /**
   * The same of each configured location, in the order of the configuration. Nothing is added up:
   * one slow destination must not hide behind the others.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if the service is not {@link
   *     ServiceName#REPLICATION}
   */
  List<LagReport> lagAll(ServiceName service);
}
