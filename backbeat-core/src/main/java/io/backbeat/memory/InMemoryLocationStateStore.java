package io.backbeat.memory;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Location states in memory: as durable as the process. Thread-safe. Listeners are called by the
 * thread that made the change, after it, without a lock; what a listener throws is logged.
 */
public final class InMemoryLocationStateStore implements LocationStateStore {
  private static final Logger LOG = LoggerFactory.getLogger(InMemoryLocationStateStore.class);

  private record Place(ServiceName service, LocationName location) {}

  private final Map<Place, LocationStatus> states = new HashMap<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  /** Creates an empty store. */
  public InMemoryLocationStateStore() {}

  @Override
  public synchronized List<LocationStatus> list(ServiceName service) {
    return states.values().stream().filter(state -> state.service() == service).toList();
  }

  @Override
  public synchronized Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return Optional.ofNullable(states.get(new Place(service, location)));
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    LocationStatus changed;
    synchronized (this) {
      LocationStatus current = states.get(new Place(service, location));
      if ((current == null ? 0 : current.revision()) != expectedRevision) {
        return Optional.empty();
      }
      changed =
          new LocationStatus(
              service, location, target, observed(current), resumeAt, expectedRevision + 1);
      states.put(new Place(service, location), changed);
    }
    watches.forEach(watch -> watch.tell(changed));
    return Optional.of(changed);
  }

  private static ObservedState observed(@Nullable LocationStatus current) {
    return current == null ? ObservedState.UNKNOWN : current.observed();
  }

  @Override
  public synchronized void observe(
      ServiceName service, LocationName location, ObservedState observed) {
    states.computeIfPresent(
        new Place(service, location),
        (place, s) ->
            new LocationStatus(
                service, location, s.target(), observed, s.resumeAt(), s.revision()));
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    Watch watch = new Watch(listener);
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  /** Has an identity of its own, so that one listener can watch twice. */
  private static final class Watch {
    private final Consumer<LocationStatus> listener;

    Watch(Consumer<LocationStatus> listener) {
      this.listener = listener;
    }

    void tell(LocationStatus changed) {
      try {
        listener.accept(changed);
      } catch (RuntimeException e) {
        LOG.warn(
            "a listener failed on the change of {} at {}",
            changed.service(),
            changed.location(),
            e);
      }
    }
  }
}
