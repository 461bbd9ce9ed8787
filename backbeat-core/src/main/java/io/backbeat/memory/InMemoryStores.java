package io.backbeat.memory;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import java.time.Clock;

/**
 * Every port in memory, for tests and for runs whose state may be lost. Thread-safe. Nothing
 * outlives the process; what is promised to be durable is so for the life of this object. Memory
 * grows with the objects that were written, the jobs that are queued, and the counters of one day.
 *
 * <p>Engines may be closed and others started on the same stores; {@link #close} only ends waiting
 * reads.
 */
public final class InMemoryStores implements Stores {
  /** Partitions of each queue unless told otherwise. */
  public static final int DEFAULT_PARTITIONS = 4;

  private final MetadataJournal journal;
  private final LogPositionStore positions = new InMemoryLogPositionStore();
  private final QuarantineStore quarantine = new InMemoryQuarantineStore();
  private final JobQueue queue;
  private final StatusStore statuses;
  private final InMemoryFailedJobStore failedJobs = new InMemoryFailedJobStore();
  private final TransitionStore transitions = new InMemoryTransitionStore();
  private final CounterStore counters = new InMemoryCounterStore();
  private final LocationStateStore locationStates = new InMemoryLocationStateStore();
  private final WorkflowStateStore workflowStates = new InMemoryWorkflowStateStore();
  private final UploadStore uploads = new InMemoryUploadStore();
  private final BulkTaskStore bulkTasks = new InMemoryBulkTaskStore();

  /** Creates empty stores with the time of the system and {@link #DEFAULT_PARTITIONS}. */
  public InMemoryStores() {
    this(Clock.systemUTC(), DEFAULT_PARTITIONS);
  }

  /**
   * Creates empty stores.
   *
   * @param clock tells the timestamps of log entries
   * @param partitions partitions of each queue, at least 1
   */
  public InMemoryStores(Clock clock, int partitions) {
    ObjectTable table = new ObjectTable();
    journal = new InMemoryMetadataJournal(table, failedJobs, clock);
    statuses = new InMemoryStatusStore(table);
    queue = new InMemoryJobQueue(partitions);
  }

  @Override
  public MetadataJournal journal() {
    return journal;
  }

  @Override
  public LogPositionStore positions() {
    return positions;
  }

  @Override
  public QuarantineStore quarantine() {
    return quarantine;
  }

  @Override
  public JobQueue queue() {
    return queue;
  }

  @Override
  public StatusStore statuses() {
    return statuses;
  }

  @Override
  public FailedJobStore failedJobs() {
    return failedJobs;
  }

  @Override
  public TransitionStore transitions() {
    return transitions;
  }

  @Override
  public CounterStore counters() {
    return counters;
  }

  @Override
  public LocationStateStore locationStates() {
    return locationStates;
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return workflowStates;
  }

  @Override
  public UploadStore uploads() {
    return uploads;
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return bulkTasks;
  }

  @Override
  public void close() {
    journal.close();
  }
}
