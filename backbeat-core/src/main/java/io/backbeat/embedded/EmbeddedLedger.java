package io.backbeat.embedded;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger. Writes are {@link LedgerWrites}. */
final class EmbeddedLedger implements FailedJobStore {
  private static final String OF_KEY =
      "WHERE o.bucket = ? AND o.key = ? AND o.version = ? AND t.text = ? AND n.text = ?";

  private final Writer writer;
  private final Readers readers;
  private final LedgerWrites writes;
  private final Clock clock;
  private final Remembered<JobType, Map<LocationName, Map<JobState, Long>>> counts;

  EmbeddedLedger(Writer writer, Readers readers, LedgerWrites writes, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.writes = writes;
    this.clock = clock;
    this.counts = new Remembered<>(readers, writer::commits);
  }

  @Override
  public void record(List<LedgerEntry> entries) {
    if (!entries.isEmpty()) {
      List<LedgerEntry> copy = List.copyOf(entries);
      writer.write(
          db -> {
            writes.record(db, copy, clock.millis());
            return copy.size();
          });
    }
  }

  @Override
  public void remove(List<Finished> finished) {
    if (!finished.isEmpty()) {
      List<Finished> copy = List.copyOf(finished);
      writer.write(
          db -> {
            writes.remove(db, copy);
            return copy.size();
          });
    }
  }

  @Override
  public List<LedgerEntry> find(ObjectVersion object) {
    return readers.read(
        db ->
            db.list(
                LedgerRow.SELECT + "WHERE o.bucket = ? AND o.key = ? AND o.version = ?",
                LedgerRow::read,
                object.bucket(),
                object.key(),
                object.versionId()));
  }

  @Override
  public Optional<LedgerEntry> find(JobKey key) {
    return readers.read(db -> find(db, key));
  }

  private static Optional<LedgerEntry> find(Db db, JobKey key) throws SQLException {
    ObjectVersion object = key.object();
    return db.first(
        LedgerRow.SELECT + OF_KEY,
        LedgerRow::read,
        object.bucket(),
        object.key(),
        object.versionId(),
        key.type().name(),
        key.location().value());
  }

  @Override
  public List<LedgerEntry> failed(JobType type, LocationName location, long before, int limit) {
    return readers.read(
        db ->
            db.list(
                LedgerRow.SELECT_WITHOUT_PAYLOAD
                    + "WHERE l.state = 'FAILED' AND l.type = (SELECT id FROM name WHERE text = ?)"
                    + " AND l.location = (SELECT id FROM name WHERE text = ?) AND l.marker < ?"
                    + " ORDER BY l.marker DESC LIMIT ?",
                LedgerRow::read,
                type.name(),
                location.value(),
                before,
                limit));
  }

  @Override
  public List<LedgerEntry> takeDue(Instant now, Duration lease, int limit) {
    // A look first, because most of the time nothing is due, and looking costs no commit.
    Optional<Instant> next = nextDue();
    if (next.isEmpty() || next.get().isAfter(now)) {
      return List.of();
    }
    return writer.write(
        db -> writes.takeDue(db, Millis.of(now), Millis.of(now.plus(lease)), limit));
  }

  @Override
  public void requeued(List<LedgerEntry> taken) {
    if (!taken.isEmpty()) {
      List<LedgerEntry> copy = List.copyOf(taken);
      writer.write(
          db -> {
            writes.requeued(db, copy);
            return copy.size();
          });
    }
  }

  @Override
  public Optional<LedgerEntry> takeFailed(JobKey key, Instant now, Duration lease) {
    long due = Millis.of(now.plus(lease));
    return writer.write(db -> writes.takeFailed(db, key, due) ? find(db, key) : Optional.empty());
  }

  @Override
  public Optional<Instant> nextDue() {
    return readers.read(
        db ->
            db.first(
                "SELECT next_attempt FROM ledger WHERE state = 'WAITING' ORDER BY next_attempt LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1))));
  }

  @Override
  public Map<LocationName, Map<JobState, Long>> counts(JobType type) {
    return counts.get(
        type, () -> readers.read(db -> Collections.unmodifiableMap(counts(db, type))));
  }

  private static Map<LocationName, Map<JobState, Long>> counts(Db db, JobType type)
      throws SQLException {
    Map<LocationName, Map<JobState, Long>> counts = new HashMap<>();
    db.list(
        "SELECT n.text, c.state, c.entries FROM ledger_count c JOIN name n ON n.id = c.location"
            + " WHERE c.type = (SELECT id FROM name WHERE text = ?) AND c.entries > 0",
        row ->
            counts
                .computeIfAbsent(
                    LocationName.of(row.getString(1)), l -> new EnumMap<>(JobState.class))
                .merge(JobState.valueOf(row.getString(2)), row.getLong(3), Long::sum),
        type.name());
    return counts;
  }

  @Override
  public Map<LocationName, Amount> unfinished(JobType type) {
    return readers.read(
        db -> {
          Map<LocationName, Amount> amounts = new HashMap<>();
          db.list(
              "SELECT n.text, count(*), sum(l.bytes) FROM ledger l JOIN name n ON n.id = l.location"
                  + " WHERE l.type = (SELECT id FROM name WHERE text = ?) AND l.state <> 'FAILED'"
                  + " GROUP BY n.text",
              row ->
                  amounts.put(
                      LocationName.of(row.getString(1)),
                      new Amount(row.getLong(2), row.getLong(3))),
              type.name());
          return amounts;
        });
  }

  @Override
  public JobAges ages(JobType type, LocationName location, List<Instant> bounds) {
    return readers.read(db -> LedgerAges.read(db, type, location, bounds));
  }

  @Override
  public long purge(Instant lastFailureBefore) {
    long limit = Millis.of(lastFailureBefore);
    long purged = 0;
    int step;
    do {
      step = writer.write(db -> writes.purge(db, limit));
      purged += step;
    } while (step == LedgerWrites.PURGE_STEP);
    return purged;
  }
}
