package io.backbeat.processor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often attempts told that they get on, by the partition of their job. Thread-safe. */
final class PartitionActivity {
  private final Map<Integer, LongAdder> signs = new ConcurrentHashMap<>();

  /** An attempt gets on. */
  void sign(int partition) {
    signs.computeIfAbsent(partition, p -> new LongAdder()).increment();
  }

  /** A number that grows with each sign. */
  long of(int partition) {
    LongAdder count = signs.get(partition);
    return count == null ? 0 : count.sum();
  }
}
