package io.backbeat.engine;

/**
 * A part of the work that an engine can take on. Several engines on one store may share roles, in
 * one process or in many. An engine without any role works on no job, and its operations work all
 * the same.
 */
public enum Role {
  /**
   * Reads the metadata log and queues jobs. Of all engines with this role, that one does which the
   * store's {@link io.backbeat.store.Leadership} names for {@value #POPULATOR_TASK}. Of those with
   * this role or {@link #RETRIES}, one works on {@linkplain io.backbeat.api.BulkOperations bulk
   * tasks}. Of those with this role, one sees to it that what is counted as pending does not drift
   * from the ledger.
   */
  POPULATOR,
  /**
   * Runs queued jobs of replication and of the embedder's own types, settles them, and queues due
   * retries. Engines share the partitions of each queue.
   */
  PROCESSOR,
  /** Runs queued jobs of garbage collection, settles them, and queues due retries. */
  GC,
  /**
   * Queues due retries, whoever runs the jobs: for an engine that settles what others ran. Engines
   * share the due jobs, each of which is queued by one of them; one of them works on bulk tasks.
   */
  RETRIES,
  /**
   * Ends pauses whose time has come. Of all engines with this role, that one does which the store's
   * {@link io.backbeat.store.Leadership} names for {@value #SCHEDULER_TASK}.
   */
  SCHEDULER;

  static final String POPULATOR_TASK = "populator";
  static final String SCHEDULER_TASK = "scheduler";
  static final String PENDING_TASK = "pending";
}
