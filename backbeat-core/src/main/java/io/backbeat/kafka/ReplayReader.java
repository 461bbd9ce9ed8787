package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.log.QuarantineStore;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.task.RetryPolicy;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Reads the replay topics, in which status processors of the original put jobs that failed. Ours
 * put none there: the ledger is where jobs wait.
 */
public final class ReplayReader {
  private ReplayReader() {}

  /** What the reader is called in messages and in its progress. */
  public static String name(LocationName location) {
    return "replay-" + location;
  }

  /**
   * A reader of all replay topics for one location, in the group of the location's processors, not
   * started. Every job waits in the ledger, durably, before its offset is committed; when it is due
   * a {@code RetryScheduler} queues it. Not to be made when there are no replay topics.
   *
   * @param policy how long a job waits
   * @throws IllegalArgumentException if there are no replay topics
   */
  public static TopicReader<?> create(
      KafkaConnection connection,
      ReplicationTopics topics,
      LocationName location,
      ReplayBudget budget,
      FailedJobStore ledger,
      StatusStore statuses,
      RetryPolicy policy,
      RandomGenerator random,
      QuarantineStore quarantine,
      Clock clock) {
    List<String> names = topics.replay().names().stream().map(connection::topic).toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "a reader of replay topics needs one at least, the configuration has none");
    }
    String group = topics.group(new QueueName(JobType.REPLICATION, location));
    return new TopicReader<>(
        name(location),
        names,
        new TopicConsumers(connection, group, names),
        new ReplayDecoder(location, budget),
        new ReplayJobs(ledger, statuses, policy, random),
        quarantine,
        clock);
  }
}
