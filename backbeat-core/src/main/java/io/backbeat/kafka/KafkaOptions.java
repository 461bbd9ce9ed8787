package io.backbeat.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where Kafka is and how to use it.
 *
 * @param bootstrapServers {@code host:port}, joined with commas
 * @param topicPrefix before the name of every topic; empty in most deployments. Groups have none
 * @param clientRack the rack of this process: consumers read from replicas there
 * @param maxRequestSize the largest message in bytes, also for topics that are created
 * @param maxPollInterval how long a consumer may take between two polls, and so to hand a partition
 *     over, before the group takes its partitions away; at least 45 s
 * @param sharedGroups whether members of other clients, such as the original's, may join the groups
 *     while consumers of this process are in them. See {@link #withSharedGroups}
 * @param topicCreation how topics that are missing are made; empty if that is an error
 * @param properties passed on to every client that knows them: {@code security.*}, {@code sasl.*},
 *     {@code ssl.*}, time-outs and so on. What durability, order and committing rest on ({@code
 *     acks}, the partitioner, {@code enable.auto.commit} and the like) stays as it is
 */
public record KafkaOptions(
    String bootstrapServers,
    String topicPrefix,
    Optional<String> clientRack,
    int maxRequestSize,
    Duration maxPollInterval,
    boolean sharedGroups,
    Optional<TopicCreation> topicCreation,
    Map<String, String> properties) {
  /** What the original sends at most, in bytes. */
  public static final int MAX_REQUEST_SIZE = 5_000_020;

  private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);
  private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofSeconds(45);

  /**
   * How to make a topic.
   *
   * @param partitions how many processes can share the work of one location; at least 1
   * @param replicationFactor on how many brokers each record is; at least 1
   * @param minInsyncReplicas how many of them must have a record before it counts as written; from
   *     1 to {@code replicationFactor}. One less than that lets one broker be away
   */
  public record TopicCreation(int partitions, int replicationFactor, int minInsyncReplicas) {
    /** Checks the ranges. */
    public TopicCreation {
      if (partitions < 1) {
        throw new IllegalArgumentException("partitions must be >= 1, was " + partitions);
      }
      if (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
        throw new IllegalArgumentException(
            "replicationFactor must be from 1 to 32767, was " + replicationFactor);
      }
      if (minInsyncReplicas < 1 || minInsyncReplicas > replicationFactor) {
        throw new IllegalArgumentException(
            "minInsyncReplicas must be from 1 to replicationFactor ("
                + replicationFactor
                + "), was "
                + minInsyncReplicas);
      }
    }
  }

  /** Checks the values and copies the properties. */
  public KafkaOptions {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name a host:port, was empty");
    }
    Objects.requireNonNull(topicPrefix, "topicPrefix");
    Objects.requireNonNull(clientRack, "clientRack");
    Objects.requireNonNull(topicCreation, "topicCreation");
    if (maxRequestSize < 1) {
      throw new IllegalArgumentException("maxRequestSize must be >= 1, was " + maxRequestSize);
    }
    if (maxPollInterval.compareTo(SHORTEST_POLL_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "maxPollInterval must be at least "
              + SHORTEST_POLL_INTERVAL
              + ", was "
              + maxPollInterval);
    }
    properties = Map.copyOf(properties);
  }

  /** The defaults, with topics neither prefixed nor created. */
  public static KafkaOptions of(String bootstrapServers) {
    return new KafkaOptions(
        bootstrapServers,
        "",
        Optional.empty(),
        MAX_REQUEST_SIZE,
        MAX_POLL_INTERVAL,
        false,
        Optional.empty(),
        Map.of());
  }

  /** The same with another prefix of topics. */
  public KafkaOptions withTopicPrefix(String prefix) {
    return new KafkaOptions(
        bootstrapServers,
        prefix,
        clientRack,
        maxRequestSize,
        maxPollInterval,
        sharedGroups,
        topicCreation,
        properties);
  }

  /** The same in a rack. */
  public KafkaOptions withClientRack(String rack) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        Optional.of(rack),
        maxRequestSize,
        maxPollInterval,
        sharedGroups,
        topicCreation,
        properties);
  }

  /** The same with another size of the largest message, in bytes. */
  public KafkaOptions withMaxRequestSize(int bytes) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        clientRack,
        bytes,
        maxPollInterval,
        sharedGroups,
        topicCreation,
        properties);
  }

  /** The same with another longest time between two polls. */
  public KafkaOptions withMaxPollInterval(Duration interval) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        clientRack,
        maxRequestSize,
        interval,
        sharedGroups,
        topicCreation,
        properties);
  }

  /**
   * The same with groups that others may join, or not.
   *
   * <p>Without, consumers move only the partitions that have to move. They still enter a group
   * whose members are of another client (they notice, and take part in that client's way from then
   * on), but while they are in a group, members of other clients cannot enter it. With it, these
   * can, and every change of a group makes all its members give back all partitions for a moment.
   * So: not needed to take over from the original, needed to go back to it process by process.
   */
  public KafkaOptions withSharedGroups(boolean shared) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        clientRack,
        maxRequestSize,
        maxPollInterval,
        shared,
        topicCreation,
        properties);
  }

  /** The same with topics made when they are missing. */
  public KafkaOptions withTopicCreation(TopicCreation creation) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        clientRack,
        maxRequestSize,
        maxPollInterval,
        sharedGroups,
        Optional.of(creation),
        properties);
  }

  /** The same with other properties of the clients. */
  public KafkaOptions withProperties(Map<String, String> others) {
    return new KafkaOptions(
        bootstrapServers,
        topicPrefix,
        clientRack,
        maxRequestSize,
        maxPollInterval,
        sharedGroups,
        topicCreation,
        others);
  }
}
