package io.backbeat.kafka;

import io.backbeat.api.TopicHealth;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where a topic is.
 *
 * @param name its name, with the prefix
 * @param id what tells it from a topic of the same name that was there before
 * @param partitions by their numbers, from 0
 * @param minInsyncReplicas how many replicas must have a record before it counts as written
 */
public record TopicLayout(
    String name, String id, List<Partition> partitions, int minInsyncReplicas) {
  /**
   * One partition.
   *
   * @param number from 0
   * @param leader the broker that is written to; empty while there is none
   * @param replicas brokers that are to have it
   * @param inSync brokers that have all of it
   */
  public record Partition(
      int number, OptionalInt leader, List<Integer> replicas, List<Integer> inSync) {
    /** Copies the lists. */
    public Partition {
      replicas = List.copyOf(replicas);
      inSync = List.copyOf(inSync);
    }
  }

  /** Copies the list. */
  public TopicLayout {
    partitions = List.copyOf(partitions);
  }

  /** The same for reports. */
  TopicHealth health() {
    return new TopicHealth(
        name,
        partitions.stream()
            .map(
                p ->
                    new TopicHealth.Partition(
                        p.number(), p.leader().orElse(-1), p.replicas(), p.inSync()))
            .toList(),
        minInsyncReplicas);
  }
}
