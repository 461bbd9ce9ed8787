package io.backbeat.server.profile;

import io.backbeat.api.LocationName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import java.util.Map;
import java.util.Optional;

/**
 * The stores of a profile, and what works beside the engine on them, such as readers of topics. The
 * caller prepares an engine, starts it and then this, and in the end stops this, closes the engine
 * and closes this. For one thread.
 */
public interface OpenedStores extends AutoCloseable {
  /** What the engine runs on. */
  Stores stores();

  /** Where they are, in a few words for the operator. */
  String place();

  /**
   * Adds what the profile needs to an engine that is to be built; wins over what was set before.
   */
  default BackbeatEngine.Builder prepare(BackbeatEngine.Builder builder) {
    return builder;
  }

  /** Who brings objects to locations that the profile itself can reach; the same at each call. */
  default Map<LocationName, JobHandler> handlers() {
    return Map.of();
  }

  /** Starts what works beside an engine that was started. */
  default void start(BackbeatEngine engine) {}

  /** Stops what {@link #start} started; before the engine is closed. Idempotent. */
  default void stop() {}

  /** The view of the ledger that the original's processes read; empty if there is none. */
  default Optional<FailureIndex> failureIndex() {
    return Optional.empty();
  }

  /** Closes the stores; after the engine. Idempotent. */
  @Override
  void close();
}
