package io.backbeat.queue;

import io.backbeat.job.Job;
import java.util.List;

/**
 * Durable queues of jobs, one per {@link QueueName}, each of one or more partitions. Port;
 * thread-safe.
 *
 * <p>Jobs of one {@code bucket/key} are in one partition of their queue, in the order they were
 * published.
 */
public interface JobQueue {
  /**
   * Puts jobs into their queues, in order. All are durable when this returns.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer: some,
   *     all or none are queued, and a retry may queue some twice, never loses one
   */
  void publish(List<Job> jobs);

  /**
   * Opens a consumer. Consumers of one queue share its partitions; a partition belongs to one of
   * them at a time. A consumer that reads a partition for the first time starts at its first job.
   */
  JobConsumer consumer(QueueName queue);

  /** Jobs published and not committed. */
  long backlog(QueueName queue);
}
