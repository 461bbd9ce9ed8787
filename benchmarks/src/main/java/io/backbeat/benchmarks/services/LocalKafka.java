package io.backbeat.benchmarks.services;

import io.backbeat.testing.KafkaCluster;
import java.nio.file.Path;
import java.util.List;

/** One Kafka broker in this process. */
final class LocalKafka {
  private LocalKafka() {}

  static LocalService start(Path directory, int port) {
    KafkaCluster cluster = KafkaCluster.start(directory, List.of(port));
    return new LocalService("Kafka", cluster.servers(), cluster::close);
  }
}
