package io.backbeat.memory;

import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.PartitionGroup;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads one queue in memory. */
final class InMemoryJobConsumer implements JobConsumer {
  private static final AssignmentListener NOBODY =
      new AssignmentListener() {
        @Override
        public void assigned(Set<Integer> partitions, int generation) {}

        @Override
        public void revoked(Set<Integer> partitions) {}
      };

  /** Where reading of one partition goes on. */
  private static final class Cursor {
    final int partition;
    final int generation;
    long position;

    Cursor(int partition, int generation, long position) {
      this.partition = partition;
      this.generation = generation;
      this.position = position;
    }
  }

  private final QueueName name;
  private final QueueLog log;
  private final PartitionGroup.Member member;

  private AssignmentListener listener = NOBODY;
  private List<Cursor> cursors = List.of();
  private int firstCursor;
  private boolean paused;
  private boolean closed;

  /** Guarded by the lock of the log. */
  private boolean woken;

  InMemoryJobConsumer(QueueName name, QueueLog log) {
    this.name = name;
    this.log = log;
    this.member = log.group.member(log::nudge);
  }

  @Override
  public void listener(AssignmentListener listener) {
    if (this.listener != NOBODY) {
      throw new IllegalStateException("the consumer of " + name + " has a listener already");
    }
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public List<Delivery> poll(int maxJobs, Duration timeout) {
    if (maxJobs < 0) {
      throw new IllegalArgumentException("maxJobs must be >= 0, was " + maxJobs);
    }
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    while (true) {
      takePart();
      log.lock.lock();
      try {
        if (paused || maxJobs == 0) {
          return List.of();
        }
        List<Delivery> deliveries = read(maxJobs);
        if (!deliveries.isEmpty()) {
          return deliveries;
        }
        if (woken || left <= 0) {
          woken = false;
          return List.of();
        }
        if (!member.stale()) {
          left = log.changed.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      } finally {
        log.lock.unlock();
      }
    }
  }

  @Override
  public boolean commit(int partition, long nextOffset, int generation) {
    if (!member.owns(partition, generation)) {
      return false;
    }
    log.lock.lock();
    try {
      log.partition(partition).commit(nextOffset);
      return true;
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void wakeup() {
    log.lock.lock();
    try {
      woken = true;
      log.changed.signalAll();
    } finally {
      log.lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    member.leave(listener);
    cursors = List.of();
  }

  private void takePart() {
    if (closed) {
      throw new IllegalStateException("the consumer of " + name + " is closed");
    }
    if (!member.stale()) {
      return;
    }
    try {
      member.sync(listener);
    } finally {
      placeCursors();
    }
  }

  /** Keeps the cursors of partitions that stayed, and puts new ones at the committed offset. */
  private void placeCursors() {
    var placed = new ArrayList<Cursor>();
    log.lock.lock();
    try {
      member.owned().forEach((partition, generation) -> placed.add(cursor(partition, generation)));
    } finally {
      log.lock.unlock();
    }
    cursors = placed;
  }

  private Cursor cursor(int partition, int generation) {
    return cursors.stream()
        .filter(cursor -> cursor.partition == partition && cursor.generation == generation)
        .findFirst()
        .orElseGet(() -> new Cursor(partition, generation, log.partition(partition).committed()));
  }

  /**
   * Reads from one partition after the other, each time starting at the next one, so that none
   * starves.
   */
  private List<Delivery> read(int maxJobs) {
    if (cursors.isEmpty()) {
      return List.of();
    }
    var deliveries = new ArrayList<Delivery>();
    firstCursor = (firstCursor + 1) % cursors.size();
    for (int i = 0; i < cursors.size() && deliveries.size() < maxJobs; i++) {
      read(cursors.get((firstCursor + i) % cursors.size()), maxJobs, deliveries);
    }
    return deliveries;
  }

  private void read(Cursor cursor, int maxJobs, List<Delivery> into) {
    PartitionLog partition = log.partition(cursor.partition);
    // A commit may have skipped jobs that were not read.
    cursor.position = Math.max(cursor.position, partition.committed());
    while (cursor.position < partition.end() && into.size() < maxJobs) {
      into.add(
          new Delivery.OfJob(
              partition.get(cursor.position),
              cursor.partition,
              cursor.position,
              cursor.generation));
      cursor.position++;
    }
  }
}
