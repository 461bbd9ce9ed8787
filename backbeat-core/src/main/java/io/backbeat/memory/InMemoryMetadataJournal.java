package io.backbeat.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.CheckedPut;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A journal in memory. It is its object table: reading gives the newest state of each version, in
 * the order of the last writes. The metadata of a version stays until it is deleted, a tombstone of
 * it for good.
 */
final class InMemoryMetadataJournal implements MetadataJournal {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final ObjectTable table;
  private final InMemoryFailedJobStore ledger;
  private final Clock clock;
  private final AtomicLong lastRevision = new AtomicLong();
  private int closes;

  InMemoryMetadataJournal(ObjectTable table, InMemoryFailedJobStore ledger, Clock clock) {
    this.table = table;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public void append(List<MetadataChange> changes) {
    // Checked and stamped before the lock is taken: parsing is what takes time, and a refused
    // change must leave no trace.
    List<Runnable> writes = changes.stream().map(this::prepare).toList();
    synchronized (table.lock) {
      writes.forEach(Runnable::run);
      table.lock.notifyAll();
    }
  }

  private Runnable prepare(MetadataChange change) {
    Instant at = clock.instant();
    if (change instanceof MetadataChange.Put put) {
      CheckedPut checked = CheckedPut.of(put);
      String revision = Long.toString(lastRevision.incrementAndGet());
      byte[] metadata = checked.stamped(revision).getBytes(UTF_8);
      return () -> {
        table.put(ObjectRow.put(checked, revision, metadata, table.nextSequence(), at));
        ledger.forgetFailures(checked.object());
      };
    }
    return () -> table.find(change.object()).ifPresent(row -> delete(row, at));
  }

  private void delete(ObjectRow row, Instant at) {
    table.put(ObjectRow.tombstone(row, table.nextSequence(), at));
    ledger.forget(row.object);
  }

  @Override
  public Optional<String> find(ObjectVersion object) {
    byte[] written;
    List<SiteReplication> sites;
    synchronized (table.lock) {
      Optional<ObjectRow> row = table.find(object);
      if (row.isEmpty()) {
        return Optional.empty();
      }
      written = row.get().metadata();
      sites = List.copyOf(row.get().sites());
    }
    String metadata = new String(written, UTF_8);
    return Optional.of(
        ObjectMetadata.withReplicationInfo(
            metadata, ObjectMetadata.parse(written).replicationInfo().withCurrent(sites)));
  }

  @Override
  public List<JournaledObject> list(String bucket, String prefix, String after, int limit) {
    requirePositive(limit, "limit");
    List<JournaledObject> page = new ArrayList<>();
    String key = "";
    int keys = 0;
    synchronized (table.lock) {
      for (ObjectRow row : table.behind(bucket, prefix, after)) {
        if (!row.object.key().startsWith(prefix)) {
          break;
        }
        if (!row.object.key().equals(key)) {
          if (++keys > limit) {
            break;
          }
          key = row.object.key();
        }
        page.add(new JournaledObject(row.object, row.revision, new String(row.metadata(), UTF_8)));
      }
    }
    return page;
  }

  @Override
  public List<String> buckets(String after, int limit) {
    requirePositive(limit, "limit");
    synchronized (table.lock) {
      return table.bucketsBehind(after, limit);
    }
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    requirePositive(maxEntries, "maxEntries");
    long sequence = sequence(from);
    List<ObjectRow> rows;
    synchronized (table.lock) {
      await(sequence, wait);
      rows = table.after(sequence, maxEntries);
    }
    LogPosition next = rows.isEmpty() ? from : rows.get(rows.size() - 1).entry().position();
    return new LogBatch(rows.stream().map(ObjectRow::entry).toList(), List.of(), next);
  }

  private void await(long sequence, Duration wait) {
    long left = (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).toNanos();
    long deadline = System.nanoTime() + left;
    int closesBefore = closes;
    try {
      while (left > 0 && closes == closesBefore && table.countAfter(sequence) == 0) {
        TimeUnit.NANOSECONDS.timedWait(table.lock, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long lag(LogPosition from) {
    long sequence = sequence(from);
    synchronized (table.lock) {
      return table.countAfter(sequence);
    }
  }

  /**
   * Ends waiting reads; the journal can be read on, because the stores live longer than their
   * readers.
   */
  @Override
  public void close() {
    synchronized (table.lock) {
      closes++;
      table.lock.notifyAll();
    }
  }

  private static long sequence(LogPosition position) {
    if (position.equals(LogPosition.BEGINNING)) {
      return 0;
    }
    try {
      return Long.parseLong(position.value());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "position of the journal must be empty or a number, was \"" + position.value() + "\"", e);
    }
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value);
    }
  }
}
