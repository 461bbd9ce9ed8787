package io.backbeat.server.cluster;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import io.backbeat.redis.LocationCommand;
import io.backbeat.redis.LocationCommands;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States of locations whose changes are also told on the channels of the original, after they are
 * durable, so that its processors follow. A message that cannot be sent changes nothing: the state
 * is what counts. Lifecycle has no channels. Thread-safe.
 *
 * @param states where the states are
 * @param commands the channels
 */
record AnnouncingLocationStates(LocationStateStore states, LocationCommands commands)
    implements LocationStateStore {
  private static final Logger LOG = LoggerFactory.getLogger(AnnouncingLocationStates.class);

  @Override
  public List<LocationStatus> list(ServiceName service) {
    return states.list(service);
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return states.find(service, location);
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    boolean wasPaused =
        states
            .find(service, location)
            .filter(before -> before.target() == TargetState.PAUSED)
            .isPresent();
    Optional<LocationStatus> written =
        states.compareAndSet(service, location, expectedRevision, target, resumeAt);
    // The first revision is the initial state, which nobody has commanded.
    written
        .filter(status -> service != ServiceName.LIFECYCLE && status.revision() > 1)
        .ifPresent(status -> announce(status, wasPaused));
    return written;
  }

  private void announce(LocationStatus status, boolean wasPaused) {
    try {
      commands.publish(status.service(), status.location(), command(status, wasPaused));
    } catch (BackbeatException e) {
      LOG.warn(
          "{} at {} is {}, and processors of the original did not hear of it: {}",
          status.service().wireName(),
          status.location(),
          status.target(),
          e.getMessage());
    }
  }

  static LocationCommand command(LocationStatus status, boolean wasPaused) {
    OptionalLong revision = OptionalLong.of(status.revision());
    if (status.target() == TargetState.RUNNING) {
      return new LocationCommand.Resume(revision);
    }
    if (status.resumeAt().isPresent()) {
      return new LocationCommand.ResumeAt(status.resumeAt().get(), revision);
    }
    return wasPaused
        ? new LocationCommand.CancelResume(revision)
        : new LocationCommand.Pause(revision);
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    states.observe(service, location, observed);
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    return states.watch(listener);
  }
}
