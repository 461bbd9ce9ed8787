package io.backbeat.queue;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.TopicHealth;
import io.backbeat.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

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
   *     all or none are queued, and a retry may queue some twice, never loses one;
   *     REQUEST_TOO_LARGE if the store does not take one of them: the others may be queued or not,
   *     and a retry does not help
   */
  void publish(List<Job> jobs);

  /**
   * Puts into their queues, in order, all jobs that the store takes; these are durable when this
   * returns. One job that is too large keeps no other from being done, which may be queued twice
   * then.
   *
   * @return the jobs that are too large, usually none
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR as from {@link #publish}
   */
  default List<RefusedJob> publishAccepted(List<Job> jobs) {
    try {
      publish(jobs);
      return List.of();
    } catch (BackbeatException e) {
      if (e.code() != ErrorCode.REQUEST_TOO_LARGE) {
        throw e;
      }
    }
    List<RefusedJob> refused = new ArrayList<>();
    for (Job job : jobs) {
      try {
        publish(List.of(job));
      } catch (BackbeatException e) {
        if (e.code() != ErrorCode.REQUEST_TOO_LARGE) {
          throw e;
        }
        refused.add(new RefusedJob(job, e));
      }
    }
    return refused;
  }

  /**
   * Opens a consumer. Consumers of one queue share its partitions; a partition belongs to one of
   * them at a time. A consumer that reads a partition for the first time starts at its first job.
   */
  JobConsumer consumer(QueueName queue);

  /**
   * How far each partition of a queue is dealt with, by whichever consumers, in the order of their
   * numbers. Empty for a queue nothing was ever published to. Where queues share a log, records of
   * other queues that were not skipped yet count too.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  List<PartitionLag> lag(QueueName queue);

  /**
   * Jobs published and not committed: the {@link #lag} of all partitions.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  default long backlog(QueueName queue) {
    return lag(queue).stream().mapToLong(PartitionLag::records).sum();
  }

  /**
   * How many partitions a queue has, or will have once something is published; at least 1.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  int partitions(QueueName queue);

  /**
   * When the client write happened whose job has waited longest in a queue, committed jobs apart.
   * Takes a time that does not grow with the backlog.
   *
   * @return empty if the queue is empty, or if the adapter cannot tell without reading the queue
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  default Optional<Instant> oldest(QueueName queue) {
    return Optional.empty();
  }

  /**
   * The topic that a queue is on, as it is now. All queues of a type are on the same one, where
   * there are topics.
   *
   * @return empty if the store has no topics, or not yet this one
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  default Optional<TopicHealth> topic(QueueName queue) {
    return Optional.empty();
  }

  /**
   * Writes a marker to each partition of a queue, durably, and reads it back the way consumers read
   * jobs. No consumer ever gets a marker, no offset moves, the backlog stays as it is, and no
   * marker is left behind; one that a crash leaves is removed later and harmless until then. May be
   * called beside consumers and beside other round trips.
   *
   * @param atMost how long to wait for the markers of all partitions together
   * @return each partition by its number from 0: whether its marker came back in time. A partition
   *     whose store fails is false and not an exception
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if not even the partitions of the
   *     queue can be told
   */
  SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost);
}
