package io.backbeat.zookeeper;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether consumers keep up. Pure. What nobody told of is no reason to complain. */
public final class BacklogCheck {
  /**
   * A group that is too far behind in one partition.
   *
   * @param maxLag how far it may be behind
   */
  public record Lagging(
      int partition,
      String groupId,
      long consumerOffset,
      long topicOffset,
      long lag,
      long maxLag) {}

  /** A group that has not consumed yet what was there when a snapshot was taken. */
  public record BeforeSnapshot(
      int partition,
      String groupId,
      long consumerOffset,
      String snapshotName,
      long snapshotOffset) {}

  private BacklogCheck() {}

  /** The partitions where a group is more than {@code maxLag} records behind. */
  public static List<Lagging> lagging(
      Collection<PartitionOffsets> partitions, String groupId, long maxLag) {
    return partitions.stream().flatMap(p -> lagging(p, groupId, maxLag).stream()).toList();
  }

  private static Optional<Lagging> lagging(PartitionOffsets offsets, String group, long maxLag) {
    Optional<Long> consumer = of(offsets.consumers(), group);
    if (consumer.isEmpty() || offsets.topicOffset().isEmpty()) {
      return Optional.empty();
    }
    long topic = offsets.topicOffset().getAsLong();
    long lag = Math.max(0, topic - consumer.get());
    return lag > maxLag
        ? Optional.of(new Lagging(offsets.partition(), group, consumer.get(), topic, lag, maxLag))
        : Optional.empty();
  }

  /** The partitions where a group has not reached a snapshot. */
  public static List<BeforeSnapshot> beforeSnapshot(
      Collection<PartitionOffsets> partitions, String groupId, String snapshotName) {
    return partitions.stream()
        .flatMap(p -> beforeSnapshot(p, groupId, snapshotName).stream())
        .toList();
  }

  private static Optional<BeforeSnapshot> beforeSnapshot(
      PartitionOffsets offsets, String group, String name) {
    return of(offsets.consumers(), group)
        .flatMap(
            consumer ->
                of(offsets.snapshots(), name)
                    .filter(snapshot -> consumer < snapshot)
                    .map(s -> new BeforeSnapshot(offsets.partition(), group, consumer, name, s)));
  }

  private static Optional<Long> of(Map<String, Long> offsets, String name) {
    return Optional.ofNullable(offsets.get(name));
  }
}
