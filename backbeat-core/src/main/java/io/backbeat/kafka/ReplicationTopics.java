package io.backbeat.kafka;

import io.backbeat.job.JobType;
import io.backbeat.job.ReplayTopics;
import io.backbeat.queue.QueueName;
import java.util.List;
import java.util.Map;

/**
 * The names of topics and consumer groups, without the prefix of topics.
 *
 * @param replication jobs of replication, for all locations
 * @param status outcomes, on their way to whoever settles them
 * @param failed failures for good
 * @param replay where failed jobs wait in a deployment of the original
 * @param dataMover copies that lifecycle asks for
 * @param gc garbage collection
 * @param metrics counters
 * @param processorGroup group of the processors of jobs, before {@code -<location>}
 * @param statusGroup group that settles outcomes
 * @param gcGroup group of garbage collectors, for all locations
 */
public record ReplicationTopics(
    String replication,
    String status,
    String failed,
    ReplayTopics replay,
    String dataMover,
    String gc,
    String metrics,
    String processorGroup,
    String statusGroup,
    String gcGroup) {
  /** The names of the configuration that the original comes with. */
  public static final ReplicationTopics DEFAULT =
      new ReplicationTopics(
          "backbeat-replication",
          "backbeat-replication-status",
          "backbeat-replication-failed",
          new ReplayTopics(List.of(new ReplayTopics.Topic("backbeat-replication-replay-0", 5))),
          "backbeat-data-mover",
          "backbeat-gc",
          "backbeat-metrics",
          "backbeat-replication-group",
          "backbeat-replication-group",
          "backbeat-gc-consumer-group");

  private static final String OWN_TOPIC = "backbeat-jobs-";
  private static final String OWN_GROUP = "backbeat-jobs-group-";

  /** Checks that no name is empty. */
  public ReplicationTopics {
    Map.of(
            "replication", replication,
            "status", status,
            "failed", failed,
            "dataMover", dataMover,
            "gc", gc,
            "metrics", metrics,
            "processorGroup", processorGroup,
            "statusGroup", statusGroup,
            "gcGroup", gcGroup)
        .forEach(
            (what, name) -> {
              if (name.isEmpty()) {
                throw new IllegalArgumentException(what + " must not be empty");
              }
            });
  }

  /** The topic that holds the jobs of a type, for all locations. */
  public String topic(JobType type) {
    if (type.equals(JobType.REPLICATION)) {
      return replication;
    }
    if (type.equals(JobType.COPY_LOCATION)) {
      return dataMover;
    }
    return type.equals(JobType.GARBAGE_COLLECTION) ? gc : OWN_TOPIC + type;
  }

  /**
   * The group whose members share the jobs of one queue. Replication and copies to a location have
   * one group, as with the original.
   */
  public String group(QueueName queue) {
    if (queue.type().equals(JobType.REPLICATION) || queue.type().equals(JobType.COPY_LOCATION)) {
      return processorGroup + "-" + queue.location();
    }
    return queue.type().equals(JobType.GARBAGE_COLLECTION)
        ? gcGroup
        : OWN_GROUP + queue.type() + "-" + queue.location();
  }
}
