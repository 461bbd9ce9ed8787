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

/**
 * Desired and observed state of locations. Port; thread-safe. Every method throws {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not answer; a retry is
 * safe.
 */
public interface LocationStateStore {
  /** All states of a service that were ever written, in no particular order. */
  List<LocationStatus> list(ServiceName service);

  /** The state of one location. */
  Optional<LocationStatus> find(ServiceName service, LocationName location);

  /**
   * Writes the desired state if nobody else did since; durable on return. The new revision is
   * {@code expectedRevision + 1}.
   *
   * @param expectedRevision the revision the decision was made on; 0 if there was no state
   * @return the state as stored, or empty if another writer was first: read again and decide again
   */
  Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt);

  /**
   * Reports the observed state; does not change the revision. Does nothing to a location without
   * state.
   */
  void observe(ServiceName service, LocationName location, ObservedState observed);

  /**
   * Calls a listener after every change of a desired state made through this store by this process,
   * and soon after one made by another process. A hint: a listener that must not miss anything
   * reads the state again from time to time.
   */
  AutoCloseable watch(Consumer<LocationStatus> listener);
}
