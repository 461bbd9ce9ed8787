package io.backbeat.api;

/**
 * All that operators and programs can ask of Backbeat. The engine implements it in process, the
 * client over HTTP; both throw the same {@link BackbeatException}s.
 *
 * <p>Thread-safe. No method keeps a lock while it waits for a store.
 */
public interface Backbeat {
  /** Whether the parts of the system do their work. Always answers, within seconds. */
  HealthReport health();

  /**
   * Sends a message through every partition of the job queues and waits until it comes back.
   * Changes no job. Takes seconds on a system in trouble; one is run at a time, and whoever asks
   * meanwhile gets its answer.
   *
   * @throws BackbeatException {@link ErrorCode#INTERNAL_ERROR} if the queues cannot be asked at all
   */
  DeepHealth deepHealth();

  /**
   * The meters of the process that runs the engine, in the Prometheus text format 0.0.4.
   *
   * @throws BackbeatException {@link ErrorCode#INTERNAL_ERROR} if a meter cannot be read
   */
  String monitoring();

  /** Numbers per location. */
  MetricsOperations metrics();

  /** Failed operations and their retry. */
  FailedOperations failed();

  /** Pausing and resuming of locations. */
  LocationOperations locations();

  /** The replication status of single object versions. */
  ObjectOperations objects();

  /** The workflows that a management layer configures. */
  WorkflowOperations workflows();

  /** Resyncs and retries of many operations at once. */
  BulkOperations bulk();
}
