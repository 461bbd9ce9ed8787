package io.backbeat.server.config;

import java.util.List;
import java.util.Objects;

/**
 * The topics, without the prefix of {@link KafkaConfig#topicPrefix}. Immutable.
 *
 * @param replication jobs of replication
 * @param dataMover jobs of lifecycle transitions
 * @param replicationStatus what became of jobs
 * @param replicationFailed failures for the index in Redis
 * @param replay topics of jobs to be tried again, in the order of the configuration
 * @param ingestion jobs of ingestion; its name is part of the pub/sub channels
 * @param gc jobs of garbage collection
 * @param metrics what is to be counted
 */
public record TopicsConfig(
    String replication,
    String dataMover,
    String replicationStatus,
    String replicationFailed,
    List<ReplayTopic> replay,
    String ingestion,
    String gc,
    String metrics) {
  /** Copies the list. */
  public TopicsConfig {
    Objects.requireNonNull(replication, "replication");
    Objects.requireNonNull(dataMover, "dataMover");
    Objects.requireNonNull(replicationStatus, "replicationStatus");
    Objects.requireNonNull(replicationFailed, "replicationFailed");
    replay = List.copyOf(replay);
    Objects.requireNonNull(ingestion, "ingestion");
    Objects.requireNonNull(gc, "gc");
    Objects.requireNonNull(metrics, "metrics");
  }
}
