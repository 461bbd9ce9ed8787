package io.backbeat.monitoring;

import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The attempts being made, and since when. Thread-safe. */
public final class RunningAttempts {
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong down = new AtomicLong();

  /** Nothing runs yet. */
  public RunningAttempts() {}

  /** One attempt; has an identity. */
  static final class Attempt {
    private final QueueName queue;
    private final int partition;
    private final long start = System.nanoTime();

    private Attempt(QueueName queue, int partition) {
      this.queue = queue;
      this.partition = partition;
    }

    int partition() {
      return partition;
    }

    Duration took() {
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  Attempt begin(QueueName queue, int partition) {
    Attempt attempt = new Attempt(queue, partition);
    running.add(attempt);
    return attempt;
  }

  void end(Attempt attempt) {
    running.remove(attempt);
  }

  /** Counts an attempt that found the destination down; returns how many there were. */
  long foundDown() {
    return down.incrementAndGet();
  }

  boolean any(QueueName queue) {
    return running.stream().anyMatch(a -> a.queue.equals(queue));
  }

  /** How many attempts of a partition have been running for longer than that. */
  public long longerThan(Duration limit, QueueName queue, int partition) {
    return running.stream()
        .filter(a -> a.partition == partition && a.queue.equals(queue))
        .filter(a -> a.took().compareTo(limit) > 0)
        .count();
  }
}
