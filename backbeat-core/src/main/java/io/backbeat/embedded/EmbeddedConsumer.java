package io.backbeat.embedded;

import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.PartitionGroup;
import io.backbeat.queue.QueueName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads one queue. Where it reads is in memory; where it would go on after a restart is the
 * committed offset.
 */
final class EmbeddedConsumer implements JobConsumer {
  private static final AssignmentListener NOBODY =
      new AssignmentListener() {
        @Override
        public void assigned(Set<Integer> partitions, int generation) {}

        @Override
        public void revoked(Set<Integer> partitions) {}
      };

  /** Where reading of a partition goes on, in the generation it was assigned in. */
  private static final class Cursor {
    final QueuePartition partition;
    final int generation;
    long position;

    Cursor(QueuePartition partition, int generation) {
      this.partition = partition;
      this.generation = generation;
      this.position = partition.committed();
    }
  }

  private final QueueName name;
  private final List<QueuePartition> partitions;
  private final Writer writer;
  private final Readers readers;
  private final Signal changed;
  private final PartitionGroup.Member member;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Map<Integer, Cursor> cursors = new HashMap<>();

  private AssignmentListener listener = NOBODY;
  private int turn;
  private boolean paused;
  private boolean closed;

  EmbeddedConsumer(
      QueueName name,
      EmbeddedQueue.OpenQueue queue,
      Writer writer,
      Readers readers,
      Signal changed) {
    this.name = name;
    this.partitions = queue.partitions();
    this.writer = writer;
    this.readers = readers;
    this.changed = changed;
    this.member = queue.group().member(changed::raise);
  }

  @Override
  public void listener(AssignmentListener learns) {
    if (listener != NOBODY) {
      throw new IllegalStateException("the consumer of " + name + " has a listener already");
    }
    listener = Objects.requireNonNull(learns, "listener");
  }

  @Override
  public List<Delivery> poll(int maxJobs, Duration timeout) {
    if (maxJobs < 0) {
      throw new IllegalArgumentException("maxJobs must be >= 0, was " + maxJobs);
    }
    if (closed) {
      throw new IllegalStateException("the consumer of " + name + " is closed");
    }
    long deadline = System.nanoTime() + Math.max(0, nanos(timeout));
    takePart();
    while (!paused && maxJobs > 0) {
      List<Delivery> deliveries = read(maxJobs);
      long left = deadline - System.nanoTime();
      if (!deliveries.isEmpty() || left <= 0) {
        woken.set(false);
        return deliveries;
      }
      changed.await(Duration.ofNanos(left), () -> woken.get() || member.stale() || isBehind());
      if (woken.getAndSet(false) || Thread.currentThread().isInterrupted()) {
        return List.of();
      }
      takePart();
    }
    return List.of();
  }

  private static long nanos(Duration timeout) {
    Duration limit = Duration.ofDays(1);
    return timeout.compareTo(limit) < 0 ? timeout.toNanos() : limit.toNanos();
  }

  private void takePart() {
    try {
      member.sync(listener);
    } finally {
      place();
    }
  }

  /** Keeps cursors of assignments that go on; new ones start at the committed offset. */
  private void place() {
    cursors.values().removeIf(c -> !member.owns(c.partition.number, c.generation));
    member
        .owned()
        .forEach(
            (number, generation) ->
                cursors.computeIfAbsent(number, n -> new Cursor(partitions.get(n), generation)));
  }

  private boolean isBehind() {
    return cursors.values().stream().anyMatch(c -> c.position < c.partition.end());
  }

  /**
   * Each time begins with another partition, so that none starves.
   *
   * <p>The ends are looked up before the snapshot is taken, so it has every entry before them. An
   * end looked up later may be newer than the snapshot, and a cursor moved there would skip entries
   * that it does not show.
   */
  private List<Delivery> read(int maxJobs) {
    if (!isBehind()) {
      return List.of();
    }
    List<Cursor> order = new ArrayList<>(cursors.values());
    Collections.rotate(order, -Math.floorMod(turn++, order.size()));
    List<Long> ends = order.stream().map(cursor -> cursor.partition.end()).toList();
    Map<Cursor, Long> positions = new HashMap<>();
    List<Delivery> read =
        readers.read(
            db -> {
              List<Delivery> deliveries = new ArrayList<>();
              for (int i = 0; i < order.size() && deliveries.size() < maxJobs; i++) {
                int room = maxJobs - deliveries.size();
                deliveries.addAll(read(db, order.get(i), ends.get(i), room, positions));
              }
              return deliveries;
            });
    // Only now: a read that failed half-way delivers nothing, and must be repeated as a whole.
    positions.forEach((cursor, position) -> cursor.position = position);
    return read;
  }

  private List<Delivery> read(
      Db db, Cursor cursor, long end, int limit, Map<Cursor, Long> positions) throws SQLException {
    QueuePartition partition = cursor.partition;
    // A commit may have skipped entries that were not read, and they may be gone.
    long from = Math.max(cursor.position, partition.committed());
    positions.put(cursor, from);
    if (from >= end) {
      return List.of();
    }
    List<Delivery> read =
        db.list(
            QueueEntryRow.SELECT,
            row -> QueueEntryRow.read(row, name, partition, cursor.generation),
            partition.entry(from),
            partition.entry(end),
            limit);
    positions.put(cursor, read.isEmpty() ? end : read.get(read.size() - 1).offset() + 1);
    return read;
  }

  @Override
  public boolean commit(int partition, long nextOffset, int generation) {
    if (!member.owns(partition, generation)) {
      return false;
    }
    QueuePartition target = partitions.get(partition);
    if (nextOffset > target.end()) {
      throw new IllegalArgumentException(
          "offset "
              + nextOffset
              + " is beyond the end of partition "
              + partition
              + ", "
              + target.end());
    }
    if (nextOffset > target.committed()) {
      long committed = writer.write(db -> target.commit(db, nextOffset));
      target.durable(0, committed);
    }
    return true;
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
    woken.set(true);
    changed.raise();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      member.leave(listener);
      cursors.clear();
    }
  }
}
