package io.backbeat.monitoring;

import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A consumer that measures what is delivered and what is taken away. */
final class MeteredConsumer implements JobConsumer {
  private final JobConsumer consumer;
  private final QueueName name;
  private final Meters meters;
  private final RunningAttempts attempts;
  private final Clock clock;

  MeteredConsumer(
      JobConsumer consumer, QueueName name, Meters meters, RunningAttempts attempts, Clock clock) {
    this.consumer = consumer;
    this.name = name;
    this.meters = meters;
    this.attempts = attempts;
    this.clock = clock;
  }

  @Override
  public void listener(AssignmentListener listener) {
    consumer.listener(new Measured(listener));
  }

  @Override
  public List<Delivery> poll(int maxJobs, Duration timeout) {
    List<Delivery> deliveries = consumer.poll(maxJobs, timeout);
    if (!deliveries.isEmpty()) {
      measure(deliveries);
    }
    return deliveries;
  }

  private void measure(List<Delivery> deliveries) {
    Map<Integer, Instant> written = new HashMap<>();
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.OfJob ofJob) {
        written.put(delivery.partition(), ofJob.job().createdAt());
      }
    }
    double now = Seconds.of(clock.instant());
    written.forEach(
        (partition, at) -> {
          set(EngineMeters.CONSUMED_AT, now, partition);
          set(EngineMeters.CONSUMED_MESSAGE_AT, Seconds.of(at), partition);
        });
  }

  private void set(Meter meter, double value, int partition) {
    meters.set(
        meter,
        value,
        QueueLabels.topic(name),
        Integer.toString(partition),
        QueueLabels.group(name));
  }

  @Override
  public boolean commit(int partition, long nextOffset, int generation) {
    return consumer.commit(partition, nextOffset, generation);
  }

  @Override
  public void pause() {
    consumer.pause();
  }

  @Override
  public void resume() {
    consumer.resume();
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** Looks at what runs before and after the owner was told that partitions go away. */
  private final class Measured implements AssignmentListener {
    private final AssignmentListener listener;

    Measured(AssignmentListener listener) {
      this.listener = listener;
    }

    @Override
    public void assigned(Set<Integer> partitions, int generation) {
      listener.assigned(partitions, generation);
    }

    @Override
    public void revoked(Set<Integer> partitions) {
      boolean idle = !attempts.any(name);
      listener.revoked(partitions);
      String status = idle ? "idle" : attempts.any(name) ? "timeout" : "drained";
      meters.add(
          EngineMeters.REBALANCES, 1, QueueLabels.topic(name), QueueLabels.group(name), status);
    }
  }
}
