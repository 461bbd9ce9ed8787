package io.backbeat.embedded;

import io.backbeat.queue.PartitionLag;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One partition: where it ends, how far it is committed, and which of its entries are still in the
 * file. {@link #end} and {@link #committed} are what is durable, and may be read from any thread;
 * the rest is owned by the writer's thread.
 */
final class QueuePartition {
  /** Entries of 2^22 partitions with 2^40 offsets each have an id of their own. */
  private static final int OFFSET_BITS = 40;

  /**
   * How many committed entries one commit removes at most, so that a jump over very many does not
   * hold up the others.
   */
  private static final int TRIM_STEP = 4000;

  private static final long UNKNOWN = -1;

  final int number;
  private final long row;
  private final AtomicLong end = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();

  private long next = UNKNOWN;
  private long first = UNKNOWN;

  QueuePartition(long row, int number) {
    this.row = row;
    this.number = number;
  }

  /** The id of the entry at an offset. */
  long entry(long offset) {
    return (row << OFFSET_BITS) + offset;
  }

  /** The offset of an entry of this partition. */
  long offset(long entry) {
    return entry - (row << OFFSET_BITS);
  }

  /** The offset after the last entry that is durable. */
  long end() {
    return end.get();
  }

  /** The offset after the last entry that was dealt with. */
  long committed() {
    return committed.get();
  }

  /**
   * An id for a marker: below zero, where neither consumers nor offsets ever look, in the range of
   * this partition.
   */
  long marker(long serial) {
    return -entry(serial);
  }

  /** When the job that is to be dealt with next was asked for, in milliseconds; -1 without one. */
  long oldest(Db db) throws SQLException {
    return db.number(
        "SELECT created_at FROM queue_entry WHERE id >= ? AND id < ? ORDER BY id LIMIT 1",
        entry(committed()),
        entry(end()));
  }

  /**
   * How far it is dealt with; the end is read last, so that it is never before what is committed.
   */
  PartitionLag lag() {
    long dealtWith = committed();
    return new PartitionLag(number, dealtWith, Math.max(dealtWith, end()));
  }

  /** Publishes what has become durable. Callers may come in any order; the greatest is true. */
  void durable(long newEnd, long newCommitted) {
    end.accumulateAndGet(newEnd, Math::max);
    committed.accumulateAndGet(newCommitted, Math::max);
  }

  /** Takes the offset for another entry. */
  long takeOffset(Db db) throws SQLException {
    load(db);
    return next++;
  }

  /**
   * Moves the committed offset, never back; returns where it is then. An offset behind the end
   * counts as the end.
   */
  long commit(Db db, long nextOffset) throws SQLException {
    load(db);
    long target = Math.min(nextOffset, next);
    db.update(
        "UPDATE queue_partition SET committed = ? WHERE id = ? AND committed < ?",
        target,
        row,
        target);
    trim(db, Math.max(target, committed()));
    return target;
  }

  private void trim(Db db, long before) throws SQLException {
    long limit = Math.min(before, first + TRIM_STEP);
    if (limit > first) {
      db.update("DELETE FROM queue_entry WHERE id >= ? AND id < ?", entry(first), entry(limit));
      first = limit;
    }
  }

  /** Reads the durable offsets when the store is opened. */
  void open(Db db) throws SQLException {
    load(db);
    durable(next, db.number("SELECT committed FROM queue_partition WHERE id = ?", row));
  }

  private void load(Db db) throws SQLException {
    if (next != UNKNOWN) {
      return;
    }
    long stored = db.number("SELECT committed FROM queue_partition WHERE id = ?", row);
    long last =
        db.number(
            "SELECT id FROM queue_entry WHERE id < ? ORDER BY id DESC LIMIT 1",
            entry(0) + (1L << OFFSET_BITS));
    long oldest =
        db.number("SELECT id FROM queue_entry WHERE id >= ? ORDER BY id LIMIT 1", entry(0));
    next = Math.max(stored, last < entry(0) ? 0 : offset(last) + 1);
    first = oldest < 0 || offset(oldest) > next ? next : offset(oldest);
  }

  /** Forgets what may not have become true. */
  void reset() {
    next = UNKNOWN;
    first = UNKNOWN;
  }
}
