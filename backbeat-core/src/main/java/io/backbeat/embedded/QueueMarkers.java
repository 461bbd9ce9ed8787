package io.backbeat.embedded;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Markers in the table of the queues: written as jobs are, by the writer and to the disk, and read
 * as jobs are, but under ids that no consumer asks for.
 */
final class QueueMarkers {
  private static final Logger LOG = LoggerFactory.getLogger(QueueMarkers.class);
  private static final ObjectVersion NO_OBJECT = ObjectVersion.unversioned("round-trip", "marker");

  private final Writer writer;
  private final Readers readers;
  private final AtomicLong serials = new AtomicLong();

  QueueMarkers(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** One piece of work for each partition, so that only those that fail are false. */
  SortedMap<Integer, Boolean> roundTrip(
      QueueName queue, List<QueuePartition> partitions, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    long serial = serials.incrementAndGet();
    Map<QueuePartition, CompletableFuture<?>> writes = new HashMap<>();
    for (QueuePartition partition : partitions) {
      Job marker = marker(queue, serial);
      writes.put(
          partition,
          writer.submit(
              db -> {
                QueueEntryRow.insert(db, partition.marker(serial), marker);
                return marker;
              }));
    }
    SortedMap<Integer, Boolean> answered = new TreeMap<>();
    writes.forEach(
        (partition, write) ->
            answered.put(
                partition.number,
                isDone(queue, write, deadline) && comesBack(queue, partition, serial)));
    remove(queue, partitions, serial, deadline);
    return answered;
  }

  /** Removes what a crash left. */
  void removeLeft() {
    if (readers
        .read(db -> db.first("SELECT id FROM queue_entry WHERE id < 0", row -> row.getLong(1)))
        .isEmpty()) {
      return;
    }
    try {
      writer.write(db -> db.update("DELETE FROM queue_entry WHERE id < 0"));
    } catch (BackbeatException e) { // they are harmless, and the next time will do
      LOG.warn("markers of an earlier process stay: {}", e.getMessage());
    }
  }

  private static Job marker(QueueName queue, long serial) {
    return new Job(
        new JobKey(queue.type(), NO_OBJECT, queue.location()),
        Long.toString(serial),
        0,
        0,
        Instant.EPOCH,
        "");
  }

  private boolean comesBack(QueueName queue, QueuePartition partition, long serial) {
    long id = partition.marker(serial);
    try {
      List<Delivery> read =
          readers.read(
              db ->
                  db.list(
                      QueueEntryRow.SELECT,
                      row -> QueueEntryRow.read(row, queue, partition, 0),
                      id,
                      id + 1,
                      1));
      return read.size() == 1
          && read.get(0) instanceof Delivery.OfJob back
          && back.job().equals(marker(queue, serial));
    } catch (BackbeatException e) {
      LOG.warn("{}/{}: a marker cannot be read: {}", queue, partition.number, e.getMessage());
      return false;
    }
  }

  /** Comes after the writes also when those are late, because the writer keeps the order. */
  private void remove(
      QueueName queue, List<QueuePartition> partitions, long serial, long deadline) {
    CompletableFuture<?> removed =
        writer.submit(
            db -> {
              for (QueuePartition partition : partitions) {
                db.update("DELETE FROM queue_entry WHERE id = ?", partition.marker(serial));
              }
              return serial;
            });
    isDone(queue, removed, deadline);
  }

  private static boolean isDone(QueueName queue, CompletableFuture<?> work, long deadline) {
    try {
      work.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("{}: markers are not written in time", queue);
    } catch (ExecutionException e) {
      LOG.warn("{}: markers cannot be written: {}", queue, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
