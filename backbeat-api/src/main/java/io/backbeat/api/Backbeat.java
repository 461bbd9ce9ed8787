package io.backbeat.api;

/**
 * All that operators and programs can ask of Backbeat. The engine implements it in process, the
 * client over HTTP; both throw the same {@link BackbeatException}s.
 *
 * <p>Thread-safe. No method keeps a lock while it waits for a store.
 */
public interface Backbeat {
  /** Whether the parts of the system do their work. */
  HealthReport health();

  /** Numbers per location. */
  MetricsOperations metrics();

  /** Failed operations and their retry. */
  FailedOperations failed();

  /** Pausing and resuming of locations. */
  LocationOperations locations();

  /** The replication status of single object versions. */
  ObjectOperations objects();
}
