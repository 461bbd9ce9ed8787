package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.LedgerEntry.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Ledger entries as rows. */
final class LedgerRow {
  private static final String BEFORE_PAYLOAD =
      "SELECT t.text, o.bucket, o.key, o.version, n.text, l.revision, l.bytes, l.attempt, l.created_at, ";
  private static final String AFTER_PAYLOAD =
      ", l.state, l.first_failure, l.last_failure, l.error_class, l.message, l.next_attempt, l.marker"
          + " FROM ledger l JOIN object o ON o.id = l.object_id JOIN name t ON t.id = l.type"
          + " JOIN name n ON n.id = l.location ";

  /** To be followed by a condition. */
  static final String SELECT =
      BEFORE_PAYLOAD
          + "coalesce(l.payload, m.json)"
          + AFTER_PAYLOAD
          + "LEFT JOIN metadata m ON m.object_id = l.object_id ";

  /**
   * The same with empty payloads, whose pages are then not read from the disk; to be followed by a
   * condition.
   */
  static final String SELECT_WITHOUT_PAYLOAD = BEFORE_PAYLOAD + "''" + AFTER_PAYLOAD;

  private LedgerRow() {}

  static LedgerEntry read(ResultSet row) throws SQLException {
    ObjectVersion object = new ObjectVersion(row.getString(2), row.getString(3), row.getString(4));
    JobKey key =
        new JobKey(new JobType(row.getString(1)), object, LocationName.of(row.getString(5)));
    Job job =
        new Job(
            key,
            row.getString(6),
            row.getLong(7),
            row.getInt(8),
            Instant.ofEpochMilli(row.getLong(9)),
            row.getString(10));
    JobState state = JobState.valueOf(row.getString(11));
    return new LedgerEntry(
        job,
        state,
        failure(row),
        state == JobState.WAITING
            ? Optional.of(Instant.ofEpochMilli(row.getLong(16)))
            : Optional.empty(),
        row.getLong(17));
  }

  private static Optional<Failure> failure(ResultSet row) throws SQLException {
    String errorClass = row.getString(14);
    return errorClass == null
        ? Optional.empty()
        : Optional.of(
            new Failure(
                Instant.ofEpochMilli(row.getLong(12)),
                Instant.ofEpochMilli(row.getLong(13)),
                errorClass,
                row.getString(15)));
  }

  /** Writes an entry in place of what its key has. */
  static void write(Db db, long object, long type, long location, LedgerEntry entry, long marker)
      throws SQLException {
    Job job = entry.job();
    Failure failure = entry.failure().orElse(null);
    db.update(
        "INSERT OR REPLACE INTO ledger (object_id, type, location, state, revision, bytes, attempt, created_at,"
            + " first_failure, last_failure, error_class, message, next_attempt, marker, payload)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " nullif(?, (SELECT json FROM metadata WHERE object_id = ?)))",
        object,
        type,
        location,
        entry.state().name(),
        job.revision(),
        job.bytes(),
        job.attempt(),
        Millis.of(job.createdAt()),
        failure == null ? null : Millis.of(failure.first()),
        failure == null ? null : Millis.of(failure.last()),
        failure == null ? null : Text.lenient(failure.errorClass()),
        failure == null ? null : Text.lenient(failure.message()),
        entry.nextAttempt().map(Millis::of).orElse(null),
        marker,
        job.payload(),
        object);
  }
}
