package io.backbeat.kafka;

import io.backbeat.job.ReplayTopics;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fresh topics and groups on a cluster that tests share. */
final class KafkaTopicsOfTest {
  /** Members notice a change of their group at once, so that tests do not wait for heartbeats. */
  private static final Map<String, String> QUICK =
      Map.of("heartbeat.interval.ms", "50", "metadata.max.age.ms", "1000");

  private final String unique = UUID.randomUUID().toString().substring(0, 8);

  KafkaOptions options(String servers, int partitions) {
    return options(servers, partitions, 1);
  }

  KafkaOptions options(String servers, int partitions, int replicas) {
    return KafkaOptions.of(servers)
        .withTopicPrefix(unique + ".")
        .withTopicCreation(
            new KafkaOptions.TopicCreation(partitions, replicas, Math.max(1, replicas - 1)))
        .withProperties(QUICK);
  }

  ReplicationTopics topics() {
    ReplicationTopics usual = ReplicationTopics.DEFAULT;
    return new ReplicationTopics(
        usual.replication(),
        usual.status(),
        usual.failed(),
        new ReplayTopics(List.of()),
        usual.dataMover(),
        usual.gc(),
        usual.metrics(),
        unique + "-group",
        unique + "-status",
        unique + "-gc");
  }
}
