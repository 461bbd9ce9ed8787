package io.backbeat.location;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes the desired state of locations by compare-and-set: of several writers each decides on
 * what the one before wrote, so none undoes another. Thread-safe; any number of controllers may
 * share a store.
 */
public final class LocationController implements LocationOperations {
  /**
   * Each lost round means that another writer was successful, and equal commands end in one write;
   * so many rounds do not happen.
   */
  private static final int MAX_ROUNDS = 100;

  private final LocationStateStore store;
  private final Function<ServiceName, List<LocationName>> configured;
  private final Function<ServiceName, TargetState> initialTarget;
  private final Clock clock;

  /**
   * Controls the locations of a store.
   *
   * @param store where states are kept
   * @param configured the locations of a service in configured order, asked at each call
   * @param initialTarget what is wanted of a location that nobody has decided on; see {@link
   *     #defaultTarget}
   * @param clock what time it is
   */
  public LocationController(
      LocationStateStore store,
      Function<ServiceName, List<LocationName>> configured,
      Function<ServiceName, TargetState> initialTarget,
      Clock clock) {
    this.store = store;
    this.configured = configured;
    this.initialTarget = initialTarget;
    this.clock = clock;
  }

  /**
   * What is wanted of a new location: ingestion waits until it is resumed for the first time,
   * everything else runs.
   */
  public static TargetState defaultTarget(ServiceName service) {
    return service == ServiceName.INGESTION ? TargetState.PAUSED : TargetState.RUNNING;
  }

  /**
   * Writes the initial state of configured locations that have none yet, so that engines can report
   * what they observe. Durable on return. Idempotent.
   */
  public void initialize(ServiceName service) {
    configured.apply(service).forEach(location -> change(service, location, state -> state));
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    Map<LocationName, LocationStatus> stored =
        store.list(service).stream()
            .collect(Collectors.toMap(LocationStatus::location, Function.identity()));
    return configured.apply(service).stream()
        .map(
            location ->
                Optional.ofNullable(stored.get(location))
                    .orElseGet(() -> undecided(service, location)))
        .toList();
  }

  @Override
  public LocationStatus get(ServiceName service, LocationName location) {
    checkKnown(service, location);
    return store.find(service, location).orElseGet(() -> undecided(service, location));
  }

  @Override
  public LocationStatus pause(ServiceName service, LocationName location) {
    return change(service, location, DesiredState::paused);
  }

  @Override
  public LocationStatus resume(ServiceName service, LocationName location) {
    return change(service, location, DesiredState::resumed);
  }

  @Override
  public LocationStatus resumeAt(ServiceName service, LocationName location, Instant when) {
    return change(service, location, state -> state.resumedAt(when, clock.instant()));
  }

  @Override
  public LocationStatus cancelResume(ServiceName service, LocationName location) {
    return change(service, location, DesiredState::withoutSchedule);
  }

  private LocationStatus change(
      ServiceName service, LocationName location, UnaryOperator<DesiredState> command) {
    checkKnown(service, location);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<LocationStatus> stored = store.find(service, location);
      LocationStatus before = stored.orElseGet(() -> undecided(service, location));
      DesiredState after = command.apply(DesiredState.of(before));
      // The first decision is written even when it changes nothing, so that it outlives a change of
      // the initial target.
      if (stored.isPresent() && after.equals(DesiredState.of(before))) {
        return before;
      }
      Optional<LocationStatus> written =
          store.compareAndSet(
              service, location, before.revision(), after.target(), after.resumeAt());
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw new BackbeatException(
        ErrorCode.CONFLICT,
        "the state of "
            + service.wireName()
            + " at "
            + location
            + " was changed by others "
            + MAX_ROUNDS
            + " times while it was to be changed; nothing was written, try again");
  }

  private LocationStatus undecided(ServiceName service, LocationName location) {
    DesiredState initial = DesiredState.initial(initialTarget.apply(service));
    return new LocationStatus(
        service, location, initial.target(), ObservedState.UNKNOWN, initial.resumeAt(), 0);
  }

  private void checkKnown(ServiceName service, LocationName location) {
    List<LocationName> locations = configured.apply(service);
    if (!locations.contains(location)) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND,
          "service "
              + service.wireName()
              + " has no location "
              + location
              + ", it has "
              + locations);
    }
  }
}
