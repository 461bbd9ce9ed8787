package io.backbeat.store;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.health.HealthProbe;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataSource;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import io.backbeat.workflow.WorkflowStateStore;
import java.util.List;

/**
 * Every port on one store: what an engine needs to run. The memory and the embedded store are such
 * bundles; a caller may also mix adapters of different services. Methods give the same object each
 * time.
 */
public interface Stores extends AutoCloseable {
  /** The metadata log, which is also where client writes are recorded. */
  MetadataJournal journal();

  /** Where current metadata is read, for jobs that are made anew. */
  default MetadataSource metadata() {
    return journal();
  }

  /** How far the log was read. */
  LogPositionStore positions();

  /** Records that could not be understood. */
  QuarantineStore quarantine();

  /** Job queues. */
  JobQueue queue();

  /** Statuses of object versions. */
  StatusStore statuses();

  /** The ledger of unfinished and failed jobs. */
  FailedJobStore failedJobs();

  /** What happened lately to versions and locations. */
  default TransitionStore transitions() {
    return TransitionStore.NONE;
  }

  /** Counters. */
  CounterStore counters();

  /** Desired and observed state of locations. */
  LocationStateStore locationStates();

  /** The workflows in force. */
  WorkflowStateStore workflowStates();

  /** Uploads in parts that were begun and not ended. */
  UploadStore uploads();

  /** Resyncs and retries of many operations, with how far they are. */
  BulkTaskStore bulkTasks();

  /** Which process does what only one may do at a time. */
  default Leadership leadership() {
    return Leadership.ALONE;
  }

  /** One probe for each service that the stores are on, named after it. */
  default List<HealthProbe> probes() {
    return List.of(HealthProbe.answering("store", () -> positions().load(journal().name())));
  }

  /**
   * Closes what the store holds open; to be called after every engine on it is closed. Idempotent.
   */
  @Override
  void close();
}
