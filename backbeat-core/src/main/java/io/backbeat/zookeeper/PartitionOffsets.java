package io.backbeat.zookeeper;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What is told of one partition of a topic.
 *
 * @param partition its number
 * @param topicOffset the offset behind its last record; empty if nobody has told lately
 * @param consumers how far each group is, by group id; those that have told lately
 * @param snapshots where the partition ended when a snapshot was taken, by its name
 */
public record PartitionOffsets(
    int partition,
    OptionalLong topicOffset,
    Map<String, Long> consumers,
    Map<String, Long> snapshots) {
  /** Copies the maps. */
  public PartitionOffsets {
    consumers = Map.copyOf(consumers);
    snapshots = Map.copyOf(snapshots);
  }
}
