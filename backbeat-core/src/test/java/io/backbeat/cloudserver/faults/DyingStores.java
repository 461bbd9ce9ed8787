package io.backbeat.cloudserver.faults;

import io.backbeat.log.LogPositionStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.store.Stores;
import io.backbeat.testing.DelegatingStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stores of a process that dies. */
final class DyingStores extends DelegatingStores {
  private final Death death;

  DyingStores(Stores stores, Death death) {
    super(stores);
    this.death = death;
  }

  @Override
  public LogPositionStore positions() {
    return death.of(LogPositionStore.class, super.positions());
  }

  @Override
  public JobQueue queue() {
    JobQueue real = super.queue();
    JobQueue dying = death.of(JobQueue.class, real);
    return (JobQueue)
        Proxy.newProxyInstance(
            JobQueue.class.getClassLoader(),
            new Class<?>[] {JobQueue.class},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(dying, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return answer instanceof JobConsumer consumer
                  ? death.of(JobConsumer.class, consumer)
                  : answer;
            });
  }

  @Override
  public FailedJobStore failedJobs() {
    return death.of(FailedJobStore.class, super.failedJobs());
  }

  @Override
  public UploadStore uploads() {
    return death.of(UploadStore.class, super.uploads());
  }

  @Override
  public CounterStore counters() {
    return death.of(CounterStore.class, super.counters());
  }
}
