package io.backbeat.server.config;

import java.util.Objects;
import java.util.Optional;

/**
 * The services of the cluster profile, and how they are used. Immutable.
 *
 * @param kafka the queues
 * @param zookeeper states of locations, positions, leaders
 * @param redis counters, the index of failures, notifications
 * @param mongo metadata, statuses, the ledger
 * @param topics the topics
 * @param groups the consumer groups
 * @param processing how jobs are worked on
 * @param populator how the metadata log is read; present when the process has the role
 * @param testNames whether the names of the original's tests are used in Redis and ZooKeeper
 */
public record ClusterConfig(
    KafkaConfig kafka,
    ZooKeeperConfig zookeeper,
    RedisConfig redis,
    MongoConfig mongo,
    TopicsConfig topics,
    GroupsConfig groups,
    ProcessingConfig processing,
    Optional<PopulatorConfig> populator,
    boolean testNames) {
  /** Checks that nothing is null. */
  public ClusterConfig {
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(zookeeper, "zookeeper");
    Objects.requireNonNull(redis, "redis");
    Objects.requireNonNull(mongo, "mongo");
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(groups, "groups");
    Objects.requireNonNull(processing, "processing");
    Objects.requireNonNull(populator, "populator");
  }
}
