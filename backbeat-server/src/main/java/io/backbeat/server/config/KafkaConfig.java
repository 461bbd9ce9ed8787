package io.backbeat.server.config;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How Kafka is reached. Immutable.
 *
 * @param hosts the brokers to begin with, as {@code host:port} with commas between
 * @param site the rack of this process, for reading from the nearest replica
 * @param maxRequestSize the largest message, in bytes
 * @param maxPollInterval after which a consumer that does not ask is taken for dead
 * @param backlogMetrics where positions are told in ZooKeeper
 * @param topicPrefix is put before every topic name; may be empty
 * @param properties more properties of every client, under Kafka's own names; never printed
 * @param topicCreation whether and how topics that are missing are made
 */
public record KafkaConfig(
    String hosts,
    Optional<String> site,
    int maxRequestSize,
    Duration maxPollInterval,
    BacklogMetricsConfig backlogMetrics,
    String topicPrefix,
    Map<String, String> properties,
    TopicCreationConfig topicCreation) {
  /** Copies the map. */
  public KafkaConfig {
    Objects.requireNonNull(hosts, "hosts");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(maxPollInterval, "maxPollInterval");
    Objects.requireNonNull(backlogMetrics, "backlogMetrics");
    Objects.requireNonNull(topicPrefix, "topicPrefix");
    properties = Map.copyOf(properties);
    Objects.requireNonNull(topicCreation, "topicCreation");
  }

  /** The name of a topic with the prefix. */
  public String prefixed(String topic) {
    return topicPrefix + topic;
  }

  /** Without the values of the properties, which may be secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[" + hosts + ", properties " + properties.keySet() + "]";
  }
}
