package io.backbeat.processor;

import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.OffsetTracker;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The partitions a queue's owner holds, and how far each may be committed. Owned by the owner
 * thread.
 */
final class Partitions {
  private static final class Held {
    private final int generation;
    private final OffsetTracker tracker = new OffsetTracker();
    private long committed = -1;

    Held(int generation) {
      this.generation = generation;
    }
  }

  private final Map<Integer, Held> held = new HashMap<>();

  /** A partition that is assigned again starts anew: what was in hand of it is stale. */
  void assign(Set<Integer> partitions, int generation) {
    partitions.forEach(p -> held.put(p, new Held(generation)));
  }

  void revoke(Set<Integer> partitions) {
    held.keySet().removeAll(partitions);
  }

  /** Those held, each with how often attempts of its jobs told that they get on. */
  SortedMap<Integer, Long> signs(PartitionActivity activity) {
    SortedMap<Integer, Long> signs = new TreeMap<>();
    held.keySet().forEach(partition -> signs.put(partition, activity.of(partition)));
    return signs;
  }

  boolean isCurrent(Delivery delivery) {
    Held partition = held.get(delivery.partition());
    return partition != null && partition.generation == delivery.generation();
  }

  void begin(Delivery delivery) {
    Held partition = held.get(delivery.partition());
    if (partition != null && partition.generation == delivery.generation()) {
      partition.tracker.begin(delivery.offset());
    }
  }

  void complete(Delivery delivery) {
    Held partition = held.get(delivery.partition());
    if (partition != null && partition.generation == delivery.generation()) {
      partition.tracker.complete(delivery.offset());
    }
  }

  /** Whether something is dealt with and not committed. */
  boolean behind() {
    return held.values().stream()
        .anyMatch(
            partition ->
                partition.tracker.committable().orElse(partition.committed) > partition.committed);
  }

  /** Commits every partition whose committable offset has moved. Returns whether any has. */
  boolean commit(JobConsumer consumer) {
    boolean moved = false;
    for (Map.Entry<Integer, Held> entry : held.entrySet()) {
      Held partition = entry.getValue();
      OptionalLong committable = partition.tracker.committable();
      if (committable.isPresent() && committable.getAsLong() > partition.committed) {
        if (consumer.commit(entry.getKey(), committable.getAsLong(), partition.generation)) {
          partition.committed = committable.getAsLong();
          moved = true;
        }
      }
    }
    return moved;
  }
}
