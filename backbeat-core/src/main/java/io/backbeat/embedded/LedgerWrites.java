package io.backbeat.embedded;

import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore.Finished;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What changes the ledger. Owned by the writer's thread. */
final class LedgerWrites {
  /** How many entries one transaction purges, so that it does not hold up the others for long. */
  static final int PURGE_STEP = 1000;

  private static final String WHERE_KEY = " WHERE object_id = ? AND type = ? AND location = ?";

  private final Names names;
  private long lastMarker = -1;

  LedgerWrites(Names names) {
    this.names = names;
  }

  private record Stored(JobState state, String revision) {
    static Stored read(ResultSet row) throws SQLException {
      return new Stored(JobState.valueOf(row.getString(1)), row.getString(2));
    }
  }

  private record Address(long object, long type, long location) {
    static Address read(ResultSet row) throws SQLException {
      return new Address(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  private record Removed(long object, JobState state, boolean journaled) {}

  private static Optional<Stored> stored(Db db, Address at) throws SQLException {
    return db.first(
        "SELECT state, revision FROM ledger" + WHERE_KEY,
        Stored::read,
        at.object,
        at.type,
        at.location);
  }

  /** As {@link io.backbeat.status.FailedJobStore#record}. */
  void record(Db db, List<LedgerEntry> entries, long now) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    for (LedgerEntry entry : entries) {
      JobKey key = entry.job().key();
      Address at =
          new Address(
              ObjectRows.idOf(db, key.object()),
              names.id(db, key.type().name()),
              names.id(db, key.location().value()));
      Optional<Stored> before = stored(db, at);
      if (before.isPresent()) {
        if (!isFresh(entry) && !before.get().revision().equals(entry.job().revision())) {
          continue;
        }
        counts.removed(at.type, at.location, before.get().state());
      }
      counts.added(at.type, at.location, entry.state());
      long marker = entry.state() == JobState.FAILED ? nextMarker(db, now) : 0;
      LedgerRow.write(db, at.object, at.type, at.location, entry, marker);
    }
    counts.write(db);
  }

  private static boolean isFresh(LedgerEntry entry) {
    return entry.state() == JobState.QUEUED && entry.failure().isEmpty();
  }

  /**
   * The time, or one more than the greatest so far; so markers grow over restarts, also when the
   * newest entries are gone.
   */
  private long nextMarker(Db db, long now) throws SQLException {
    if (lastMarker < 0) {
      lastMarker = db.number("SELECT coalesce(max(marker), 0) FROM ledger WHERE state = 'FAILED'");
    }
    lastMarker = Math.max(lastMarker + 1, now);
    return lastMarker;
  }

  /** As {@link io.backbeat.status.FailedJobStore#remove}. */
  void remove(Db db, List<Finished> finished) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    for (Finished job : finished) {
      JobKey key = job.key();
      long type = names.id(db, key.type().name());
      long location = names.id(db, key.location().value());
      Optional<Removed> removed =
          db.first(
              "DELETE FROM ledger WHERE object_id ="
                  + " (SELECT id FROM object WHERE bucket = ? AND key = ? AND version = ?)"
                  + " AND type = ? AND location = ? AND revision = ? RETURNING object_id, state,"
                  + " (SELECT seq IS NOT NULL FROM object WHERE object.id = ledger.object_id)",
              row ->
                  new Removed(
                      row.getLong(1), JobState.valueOf(row.getString(2)), row.getBoolean(3)),
              key.object().bucket(),
              key.object().key(),
              key.object().versionId(),
              type,
              location,
              job.revision());
      if (removed.isPresent()) {
        counts.removed(type, location, removed.get().state());
        if (!removed.get().journaled()) {
          ObjectRows.forgetUnused(db, removed.get().object());
        }
      }
    }
    counts.write(db);
  }

  /** Removes every entry of a version. */
  void removeAll(Db db, long object) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    db.list(
        "DELETE FROM ledger WHERE object_id = ? RETURNING type, location, state",
        row -> {
          counts.removed(row.getLong(1), row.getLong(2), JobState.valueOf(row.getString(3)));
          return object;
        },
        object);
    counts.write(db);
  }

  /**
   * Removes the failures of a version's earlier change; what is unfinished removes itself when it
   * is delivered.
   */
  void removeFailed(Db db, long object) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    db.list(
        "DELETE FROM ledger WHERE object_id = ? AND state = 'FAILED' AND type = ? RETURNING type, location",
        row -> {
          counts.removed(row.getLong(1), row.getLong(2), JobState.FAILED);
          return object;
        },
        object,
        names.id(db, JobType.REPLICATION.name()));
    counts.write(db);
  }

  /** As {@link io.backbeat.status.FailedJobStore#takeDue}. */
  List<LedgerEntry> takeDue(Db db, long now, long until, int limit) throws SQLException {
    List<LedgerEntry> taken = new ArrayList<>();
    List<Address> due =
        db.list(
            "SELECT object_id, type, location FROM ledger WHERE state = 'WAITING' AND next_attempt <= ?"
                + " ORDER BY next_attempt LIMIT ?",
            Address::read,
            now,
            limit);
    for (Address at : due) {
      db.update(
          "UPDATE ledger SET next_attempt = ?" + WHERE_KEY, until, at.object, at.type, at.location);
      db.first(
              LedgerRow.SELECT + "WHERE l.object_id = ? AND l.type = ? AND l.location = ?",
              LedgerRow::read,
              at.object,
              at.type,
              at.location)
          .ifPresent(taken::add);
    }
    return taken;
  }

  /** As {@link io.backbeat.status.FailedJobStore#takeFailed}; false if there is nothing to take. */
  boolean takeFailed(Db db, JobKey key, long until) throws SQLException {
    Optional<ObjectRows.Found> object = ObjectRows.find(db, key.object());
    if (object.isEmpty()) {
      return false;
    }
    long type = names.id(db, key.type().name());
    long location = names.id(db, key.location().value());
    int taken =
        db.update(
            "UPDATE ledger SET state = 'WAITING', next_attempt = ?, marker = 0"
                + WHERE_KEY
                + " AND state = 'FAILED'",
            until,
            object.get().id(),
            type,
            location);
    if (taken > 0) {
      LedgerCounts counts = new LedgerCounts();
      counts.removed(type, location, JobState.FAILED);
      counts.added(type, location, JobState.WAITING);
      counts.write(db);
    }
    return taken > 0;
  }

  /** As {@link io.backbeat.status.FailedJobStore#requeued}. */
  void requeued(Db db, List<LedgerEntry> taken) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    for (LedgerEntry entry : taken) {
      JobKey key = entry.job().key();
      Optional<ObjectRows.Found> object = ObjectRows.find(db, key.object());
      if (object.isEmpty() || entry.nextAttempt().isEmpty()) {
        continue;
      }
      long type = names.id(db, key.type().name());
      long location = names.id(db, key.location().value());
      int changed =
          db.update(
              "UPDATE ledger SET state = 'QUEUED', next_attempt = NULL, bytes = ?, attempt = ?, created_at = ?,"
                  + " payload = nullif(?, (SELECT json FROM metadata WHERE object_id = ledger.object_id))"
                  + WHERE_KEY
                  + " AND state = 'WAITING' AND revision = ? AND next_attempt = ?",
              entry.job().bytes(),
              entry.job().attempt(),
              Millis.of(entry.job().createdAt()),
              entry.job().payload(),
              object.get().id(),
              type,
              location,
              entry.job().revision(),
              Millis.of(entry.nextAttempt().get()));
      if (changed > 0) {
        counts.removed(type, location, JobState.WAITING);
        counts.added(type, location, JobState.QUEUED);
      }
    }
    counts.write(db);
  }

  /** Removes some FAILED entries whose last failure is before a time; returns how many. */
  int purge(Db db, long before) throws SQLException {
    LedgerCounts counts = new LedgerCounts();
    List<Long> objects =
        db.list(
            "DELETE FROM ledger WHERE (object_id, type, location) IN (SELECT object_id, type, location FROM ledger"
                + " WHERE state = 'FAILED' AND last_failure < ? LIMIT "
                + PURGE_STEP
                + ") RETURNING object_id, type, location",
            row -> {
              counts.removed(row.getLong(2), row.getLong(3), JobState.FAILED);
              return row.getLong(1);
            },
            before);
    for (long object : objects) {
      ObjectRows.forgetUnused(db, object);
    }
    counts.write(db);
    return objects.size();
  }
}
