package io.backbeat.location;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store to which a test adds trouble. */
class StubLocationStateStore implements LocationStateStore {
  private final LocationStateStore store;

  StubLocationStateStore(LocationStateStore store) {
    this.store = store;
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    return store.list(service);
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return store.find(service, location);
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    return store.compareAndSet(service, location, expectedRevision, target, resumeAt);
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    store.observe(service, location, observed);
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    return store.watch(listener);
  }
}
