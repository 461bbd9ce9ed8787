package io.backbeat.processor;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.location.LocationStateStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes processors do what the stored states of their locations want, and reports back what they
 * do. Reads the store again each time, so nothing is missed when a notification is. One thread at a
 * time.
 */
public final class LocationFollower {
  private final ServiceName service;
  private final LocationStateStore states;
  private final Map<LocationName, List<QueueProcessor>> processors = new HashMap<>();

  /**
   * Follows the states of a service's locations.
   *
   * @param processors all of a location do the same; it is paused when all of them are
   */
  public LocationFollower(
      ServiceName service, LocationStateStore states, List<QueueProcessor> processors) {
    this.service = service;
    this.states = states;
    processors.forEach(
        p ->
            this.processors
                .computeIfAbsent(p.name().location(), location -> new ArrayList<>())
                .add(p));
  }

  /**
   * Reads all states once and passes them on.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer;
   *     processors go on as they are
   */
  public void follow() {
    for (LocationStatus status : states.list(service)) {
      List<QueueProcessor> of = processors.get(status.location());
      if (of != null) {
        of.forEach(processor -> processor.target(status.target()));
        report(status, observed(of));
      }
    }
  }

  private static ObservedState observed(List<QueueProcessor> processors) {
    List<ObservedState> states = processors.stream().map(p -> p.snapshot().observed()).toList();
    return Stream.of(ObservedState.UNKNOWN, ObservedState.RUNNING)
        .filter(states::contains)
        .findFirst()
        .orElse(ObservedState.PAUSED);
  }

  private void report(LocationStatus stored, ObservedState observed) {
    if (observed != ObservedState.UNKNOWN && observed != stored.observed()) {
      states.observe(service, stored.location(), observed);
    }
  }
}
