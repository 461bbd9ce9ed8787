package io.backbeat.api;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which partitions of the job queues took a message and gave it back.
 *
 * @param partitions by number, counted through all queues in their configured order: whether the
 *     round trip succeeded within the deadline
 * @param elapsed how long all round trips took together
 */
public record DeepHealth(SortedMap<Integer, Boolean> partitions, Duration elapsed) {
  /** Copies the map. */
  public DeepHealth {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** Whether every partition did its work. */
  public boolean ok() {
    return !partitions.containsValue(false);
  }
}
