package io.backbeat.memory;

import io.backbeat.job.Job;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Job queues in memory: as durable as the process. Thread-safe. Publishing and polling take O(1) a
 * job. Holds every job that is not committed, without a limit of its own, and nothing that is.
 */
public final class InMemoryJobQueue implements JobQueue {
  private final int partitions;
  private final Map<QueueName, QueueLog> queues = new ConcurrentHashMap<>();

  /**
   * Creates empty queues.
   *
   * @param partitions partitions of each queue, at least 1; how many consumers of one queue can
   *     work at once
   */
  public InMemoryJobQueue(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be >= 1, was " + partitions);
    }
    this.partitions = partitions;
  }

  @Override
  public void publish(List<Job> jobs) {
    var byQueue = new LinkedHashMap<QueueName, List<Job>>();
    for (Job job : jobs) {
      byQueue.computeIfAbsent(QueueName.of(job), queue -> new ArrayList<>()).add(job);
    }
    byQueue.forEach((queue, itsJobs) -> log(queue).append(itsJobs));
  }

  @Override
  public JobConsumer consumer(QueueName queue) {
    return new InMemoryJobConsumer(queue, log(queue));
  }

  @Override
  public List<PartitionLag> lag(QueueName queue) {
    QueueLog log = queues.get(queue);
    return log == null ? List.of() : log.lag();
  }

  @Override
  public int partitions(QueueName queue) {
    return partitions;
  }

  @Override
  public Optional<Instant> oldest(QueueName queue) {
    QueueLog log = queues.get(queue);
    return log == null ? Optional.empty() : log.oldest();
  }

  @Override
  public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
    return log(queue).roundTrip(atMost);
  }

  private QueueLog log(QueueName queue) {
    QueueLog log = queues.get(queue);
    return log != null ? log : queues.computeIfAbsent(queue, name -> new QueueLog(partitions));
  }
}
