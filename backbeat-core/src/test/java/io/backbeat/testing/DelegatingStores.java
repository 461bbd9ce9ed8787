package io.backbeat.testing;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.health.HealthProbe;
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
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import java.util.List;

/** What one process sees of stores that it shares with others; to be overridden in parts. */
public class DelegatingStores implements Stores {
  private final Stores stores;

  /** A view of some stores, which their owner closes. */
  public DelegatingStores(Stores stores) {
    this.stores = stores;
  }

  @Override
  public MetadataJournal journal() {
    return stores.journal();
  }

  @Override
  public LogPositionStore positions() {
    return stores.positions();
  }

  @Override
  public QuarantineStore quarantine() {
    return stores.quarantine();
  }

  @Override
  public JobQueue queue() {
    return stores.queue();
  }

  @Override
  public StatusStore statuses() {
    return stores.statuses();
  }

  @Override
  public FailedJobStore failedJobs() {
    return stores.failedJobs();
  }

  @Override
  public TransitionStore transitions() {
    return stores.transitions();
  }

  @Override
  public CounterStore counters() {
    return stores.counters();
  }

  @Override
  public LocationStateStore locationStates() {
    return stores.locationStates();
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return stores.workflowStates();
  }

  @Override
  public UploadStore uploads() {
    return stores.uploads();
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return stores.bulkTasks();
  }

  @Override
  public Leadership leadership() {
    return stores.leadership();
  }

  @Override
  public List<HealthProbe> probes() {
    return stores.probes();
  }

  @Override
  public void close() {}
}
