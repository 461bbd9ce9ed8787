package io.backbeat.server.golden;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ServiceName;
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
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Stores in front of a real one, which can be exchanged while an engine runs on them, and whose
 * ports fail as they would when the service that keeps them in the cluster profile is down.
 */
class Outages implements Stores {
  /** The services of the cluster profile. */
  enum Service {
    REDIS,
    ZOOKEEPER,
    MONGODB,
    KAFKA,
    CLOUDSERVER
  }

  private final AtomicReference<Stores> real;
  private final Service ledger;
  private final Set<Service> down = EnumSet.noneOf(Service.class);

  /**
   * Begins with all services up.
   *
   * @param ledger the service that keeps failed jobs
   */
  Outages(Stores first, Service ledger) {
    this.real = new AtomicReference<>(first);
    this.ledger = ledger;
  }

  /** From now on this store is in use; gives back the one before. */
  Stores exchange(Stores next) {
    return real.getAndSet(next);
  }

  /** What is behind, whether it is down or not. */
  Stores real() {
    return real.get();
  }

  /** From now on these services are down and no others. */
  synchronized void down(Set<Service> services) {
    down.clear();
    down.addAll(services);
  }

  private synchronized void checkUp(Service service) {
    if (down.contains(service)) {
      throw new BackbeatException(ErrorCode.INTERNAL_ERROR, service + " does not answer");
    }
  }

  private <P> P port(Class<P> type, Function<Stores, P> port, Function<Object[], Service> keeper) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("name")) { // of a log: known without asking anyone
                checkUp(keeper.apply(arguments == null ? new Object[0] : arguments));
              }
              try {
                return method.invoke(port.apply(real.get()), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public MetadataJournal journal() {
    return port(MetadataJournal.class, Stores::journal, arguments -> Service.CLOUDSERVER);
  }

  @Override
  public LogPositionStore positions() {
    return port(LogPositionStore.class, Stores::positions, arguments -> Service.KAFKA);
  }

  @Override
  public QuarantineStore quarantine() {
    return port(QuarantineStore.class, Stores::quarantine, arguments -> Service.KAFKA);
  }

  @Override
  public JobQueue queue() {
    return port(JobQueue.class, Stores::queue, arguments -> Service.KAFKA);
  }

  @Override
  public StatusStore statuses() {
    return port(StatusStore.class, Stores::statuses, arguments -> Service.CLOUDSERVER);
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return port(WorkflowStateStore.class, Stores::workflowStates, arguments -> Service.ZOOKEEPER);
  }

  @Override
  public UploadStore uploads() {
    return port(UploadStore.class, Stores::uploads, arguments -> Service.KAFKA);
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return port(BulkTaskStore.class, Stores::bulkTasks, arguments -> ledger);
  }

  @Override
  public FailedJobStore failedJobs() {
    return port(FailedJobStore.class, Stores::failedJobs, arguments -> ledger);
  }

  @Override
  public CounterStore counters() {
    return port(CounterStore.class, Stores::counters, arguments -> Service.REDIS);
  }

  @Override
  public LocationStateStore locationStates() {
    return port(
        LocationStateStore.class,
        Stores::locationStates,
        arguments ->
            arguments.length > 0 && arguments[0] == ServiceName.LIFECYCLE
                ? Service.MONGODB
                : Service.ZOOKEEPER);
  }

  @Override
  public void close() {
    real.get().close();
  }
}
