package io.backbeat.server.config;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Whether and how topics that are missing are made. What is empty is left to the brokers.
 *
 * @param enabled whether they are made at all
 * @param partitions how many partitions
 * @param replicationFactor how many copies of each
 * @param minInsyncReplicas how many copies must have a message before it counts as written
 */
public record TopicCreationConfig(
    boolean enabled,
    OptionalInt partitions,
    OptionalInt replicationFactor,
    OptionalInt minInsyncReplicas) {
  /** Checks that nothing is null. */
  public TopicCreationConfig {
    Objects.requireNonNull(partitions, "partitions");
    Objects.requireNonNull(replicationFactor, "replicationFactor");
    Objects.requireNonNull(minInsyncReplicas, "minInsyncReplicas");
  }
}
