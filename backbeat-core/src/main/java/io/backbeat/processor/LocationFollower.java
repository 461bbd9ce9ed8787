package io.backbeat.processor;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.location.LocationStateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes processors do what the stored states of their locations want, and reports back what they
 * do. Reads the store again each time, so nothing is missed when a notification is. One thread at a
 * time.
 */
public final class LocationFollower {
  private final ServiceName service;
  private final LocationStateStore states;
  private final Map<LocationName, QueueProcessor> processors = new HashMap<>();

  /** Follows the states of a service's locations. */
  public LocationFollower(
      ServiceName service, LocationStateStore states, List<QueueProcessor> processors) {
    this.service = service;
    this.states = states;
    processors.forEach(p -> this.processors.put(p.name().location(), p));
  }

  /**
   * Reads all states once and passes them on.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer;
   *     processors go on as they are
   */
  public void follow() {
    for (LocationStatus status : states.list(service)) {
      QueueProcessor processor = processors.get(status.location());
      if (processor != null) {
        processor.target(status.target());
        report(status, processor.snapshot().observed());
      }
    }
  }

  private void report(LocationStatus stored, ObservedState observed) {
    if (observed != ObservedState.UNKNOWN && observed != stored.observed()) {
      states.observe(service, stored.location(), observed);
    }
  }
}
