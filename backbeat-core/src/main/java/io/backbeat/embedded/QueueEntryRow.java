package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Jobs as rows of a queue. */
final class QueueEntryRow {
  static final String SELECT =
      "SELECT id, bucket, key, version, revision, bytes, attempt, created_at, payload, location FROM queue_entry"
          + " WHERE id >= ? AND id < ? ORDER BY id LIMIT ?";

  private QueueEntryRow() {}

  static void insert(Db db, long entry, Job job) throws SQLException {
    ObjectVersion object = job.object();
    db.update(
        "INSERT INTO queue_entry (id, bucket, key, version, revision, bytes, attempt, created_at, payload,"
            + " location) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry,
        object.bucket(),
        object.key(),
        object.versionId(),
        job.revision(),
        job.bytes(),
        job.attempt(),
        Millis.of(job.createdAt()),
        job.payload(),
        job.key().type().hasQueuePerLocation() ? "" : job.location().value());
  }

  private static LocationName location(String stored, QueueName queue) {
    return stored.isEmpty() ? queue.location() : LocationName.of(stored);
  }

  static Delivery read(ResultSet row, QueueName queue, QueuePartition partition, int generation)
      throws SQLException {
    long offset = partition.offset(row.getLong(1));
    String payload = row.getString(9);
    try {
      ObjectVersion object =
          new ObjectVersion(row.getString(2), row.getString(3), row.getString(4));
      Job job =
          new Job(
              new JobKey(queue.type(), object, location(row.getString(10), queue)),
              row.getString(5),
              row.getLong(6),
              row.getInt(7),
              Instant.ofEpochMilli(row.getLong(8)),
              payload);
      return new Delivery.OfJob(job, partition.number, offset, generation);
    } catch (IllegalArgumentException e) {
      // Not written by us: someone has been in the file with another program.
      return new Delivery.Unreadable(
          payload.getBytes(UTF_8),
          String.valueOf(e.getMessage()),
          partition.number,
          offset,
          generation);
    }
  }
}
