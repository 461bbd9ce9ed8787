package io.backbeat.kafka;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What consumer groups have committed, whoever is a member. */
final class GroupOffsets {
  private GroupOffsets() {}

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
