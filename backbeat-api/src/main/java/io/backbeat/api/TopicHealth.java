package io.backbeat.api;

import java.util.List;
import java.util.Objects;

/**
 * The topic that queues are on, where the store of the queues has topics.
 *
 * @param name its name
 * @param partitions its partitions, in the order in which the store tells them
 * @param minInSyncReplicas so many replicas of a partition must be in sync for a message to be
 *     taken; at least 1, which is also what it is where that is not known
 */
public record TopicHealth(String name, List<Partition> partitions, int minInSyncReplicas) {
  /**
   * One partition.
   *
   * @param id its number, from 0
   * @param leader the number of the broker that leads it; negative if none does
   * @param replicas the numbers of the brokers that have it
   * @param inSyncReplicas the numbers of those that are in sync
   */
  public record Partition(
      int id, int leader, List<Integer> replicas, List<Integer> inSyncReplicas) {
    /** Copies the lists. */
    public Partition {
      replicas = List.copyOf(replicas);
      inSyncReplicas = List.copyOf(inSyncReplicas);
    }
  }

  /** Copies the list, and checks the number. */
  public TopicHealth {
    Objects.requireNonNull(name, "name");
    partitions = List.copyOf(partitions);
    if (minInSyncReplicas < 1) {
      throw new IllegalArgumentException(
          "minInSyncReplicas of " + name + " must be >= 1, was " + minInSyncReplicas);
    }
  }

  /** Whether every partition has enough replicas in sync to take messages. */
  public boolean inSync() {
    return partitions.stream()
        .allMatch(partition -> partition.inSyncReplicas().size() >= minInSyncReplicas);
  }
}
