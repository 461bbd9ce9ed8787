package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The states of locations where the original keeps them: those of lifecycle in MongoDB, all others
 * in ZooKeeper. Thread-safe.
 *
 * @param zookeeper those of replication and ingestion
 * @param mongo those of lifecycle
 */
record ServiceLocationStates(LocationStateStore zookeeper, LocationStateStore mongo)
    implements LocationStateStore {
  @Override
  public List<LocationStatus> list(ServiceName service) {
    return of(service).list(service);
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return of(service).find(service, location);
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    return of(service).compareAndSet(service, location, expectedRevision, target, resumeAt);
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    of(service).observe(service, location, observed);
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    AutoCloseable first = zookeeper.watch(listener);
    AutoCloseable second = mongo.watch(listener);
    return () -> {
      try {
        second.close();
      } finally {
        first.close();
      }
    };
  }

  private LocationStateStore of(ServiceName service) {
    return service == ServiceName.LIFECYCLE ? mongo : zookeeper;
  }
}
