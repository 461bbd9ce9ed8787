package io.backbeat.monitoring;

import io.backbeat.api.TopicHealth;
import io.backbeat.job.Job;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A queue that measures what is published and consumed. Thread-safe. */
final class MeteredQueue implements JobQueue {
  private final JobQueue queue;
  private final QueueLabels labels;
  private final Meters meters;
  private final RunningAttempts attempts;
  private final Clock clock;

  MeteredQueue(
      JobQueue queue, QueueLabels labels, Meters meters, RunningAttempts attempts, Clock clock) {
    this.queue = queue;
    this.labels = labels;
    this.meters = meters;
    this.attempts = attempts;
    this.clock = clock;
  }

  @Override
  public void publish(List<Job> jobs) {
    boolean done = false;
    try {
      queue.publish(jobs);
      done = true;
    } finally {
      meters.add(EngineMeters.DELIVERY_REPORTS, jobs.size(), done ? "success" : "error");
    }
    double now = Seconds.of(clock.instant());
    partitions(jobs)
        .forEach(
            (name, partitions) ->
                partitions.forEach(
                    partition ->
                        meters.set(
                            EngineMeters.PUBLISHED_AT,
                            now,
                            QueueLabels.topic(name),
                            Integer.toString(partition))));
  }

  private Map<QueueName, Set<Integer>> partitions(List<Job> jobs) {
    return jobs.stream()
        .collect(
            Collectors.groupingBy(
                QueueName::of,
                Collectors.mapping(
                    job -> labels.partition(QueueName.of(job), job.object()),
                    Collectors.toCollection(TreeSet::new))));
  }

  @Override
  public JobConsumer consumer(QueueName name) {
    return new MeteredConsumer(queue.consumer(name), name, meters, attempts, clock);
  }

  @Override
  public List<PartitionLag> lag(QueueName name) {
    return queue.lag(name);
  }

  @Override
  public int partitions(QueueName name) {
    return queue.partitions(name);
  }

  @Override
  public Optional<Instant> oldest(QueueName name) {
    return queue.oldest(name);
  }

  @Override
  public Optional<TopicHealth> topic(QueueName name) {
    return queue.topic(name);
  }

  @Override
  public SortedMap<Integer, Boolean> roundTrip(QueueName name, Duration atMost) {
    return queue.roundTrip(name, atMost);
  }
}
