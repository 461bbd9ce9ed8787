package io.backbeat.kafka;

import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins that never read a partition.
 *
 * @param group the group
 * @param seeds offsets of a group whose work this one goes on with
 */
record StartOffsets(String group, Seeds seeds) {
  /**
   * Looks up offsets to begin at; partitions that are not in the answer begin at the first record.
   */
  @FunctionalInterface
  interface Seeds {
    Map<TopicPartition, Long> look();
  }

  /** The collectors of the original share one group, ours have one for each location. */
  static StartOffsets of(KafkaConnection connection, ReplicationTopics topics, QueueName queue) {
    boolean collects = queue.type().equals(JobType.GARBAGE_COLLECTION);
    return new StartOffsets(
        topics.group(queue), collects ? () -> committed(connection, topics.gcGroup()) : Map::of);
  }

  /** What a group has committed; empty for a group that does not exist. */
  static Map<TopicPartition, Long> committed(KafkaConnection connection, String group) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        connection.ask(
            "offsets of group " + group,
            admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return offsets.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }
}
