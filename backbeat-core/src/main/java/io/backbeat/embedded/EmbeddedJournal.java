package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.log.CheckedPut;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal. A position is the number of the last change that was read. */
final class EmbeddedJournal implements MetadataJournal {
  static final String NAME = "journal";

  /**
   * Up to so many entries the lag is counted; beyond, numbers that newer changes have left empty
   * count as entries.
   */
  private static final int COUNTED_LAG = 10_000;

  private final Writer writer;
  private final Readers readers;
  private final JournalWrites writes;
  private final Clock clock;
  private final Signal appended = new Signal();
  private volatile boolean closed;

  /**
   * How often something was appended since the store was opened; what a reader that waits looks at.
   */
  private volatile long appends;

  EmbeddedJournal(Writer writer, Readers readers, JournalWrites writes, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void append(List<MetadataChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Object> checked = new ArrayList<>(changes.size());
    for (MetadataChange change : changes) {
      checked.add(change instanceof MetadataChange.Put put ? check(put) : change);
    }
    long now = clock.millis();
    writer.write(
        db -> {
          for (Object change : checked) {
            if (change instanceof JournalWrites.Put put) {
              put(db, put, now);
            } else if (change instanceof MetadataChange.Delete delete) {
              writes.delete(db, delete.object(), now);
            }
          }
          return checked.size();
        });
    appendedSome();
  }

  private synchronized void appendedSome() {
    appends++;
    appended.raise();
  }

  private void put(Db db, JournalWrites.Put put, long now) throws SQLException {
    long seq = writes.takeSeq(db);
    writes.put(db, put, seq, ObjectMetadata.stamp(put.metadata(), writes.revision(seq)), now);
  }

  private static JournalWrites.Put check(MetadataChange.Put put) {
    try {
      Text.requireUnicode(put.object().toString());
      Text.requireUnicode(put.metadata());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("metadata of " + put.object() + ": " + e.getMessage(), e);
    }
    CheckedPut checked = CheckedPut.of(put);
    return new JournalWrites.Put(
        checked.object(), checked.storedVersion(), checked.metadata(), checked.sites());
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    long seen = appends;
    LogBatch batch = read(from, maxEntries);
    if (batch.isEmpty() && !wait.isZero() && !wait.isNegative() && !closed) {
      appended.await(wait, () -> appends != seen || closed);
      batch = read(from, maxEntries);
    }
    return batch;
  }

  private LogBatch read(LogPosition from, int maxEntries) {
    List<LogEntry> entries =
        readers.read(
            db ->
                db.list(
                    "SELECT o.seq, o.bucket, o.key, o.stored_version, o.deleted, m.json, o.changed_at"
                        + " FROM object o LEFT JOIN metadata m ON m.object_id = o.id"
                        + " WHERE o.seq > ? ORDER BY o.seq LIMIT ?",
                    EmbeddedJournal::entry,
                    seq(from),
                    maxEntries));
    return new LogBatch(
        entries, List.of(), entries.isEmpty() ? from : entries.get(entries.size() - 1).position());
  }

  private static LogEntry entry(ResultSet row) throws SQLException {
    String version = row.getString(4);
    boolean deleted = row.getBoolean(5);
    return new LogEntry(
        new LogPosition(Long.toString(row.getLong(1))),
        deleted ? LogEntry.Operation.DELETE : LogEntry.Operation.PUT,
        row.getString(2),
        version.isEmpty() ? row.getString(3) : row.getString(3) + '\0' + version,
        deleted ? new byte[0] : row.getString(6).getBytes(UTF_8),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  /** The number of a position; one that this journal did not give is as good as the beginning. */
  static long seq(LogPosition position) {
    String text = position.value();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public long lag(LogPosition from) {
    long seq = seq(from);
    return readers.read(
        db -> {
          long counted =
              db.number(
                  "SELECT count(*) FROM (SELECT 1 FROM object WHERE seq > ? LIMIT ?)",
                  seq,
                  COUNTED_LAG);
          return counted < COUNTED_LAG
              ? counted
              : db.number("SELECT max(seq) - ? FROM object", seq);
        });
  }

  @Override
  public Optional<String> find(ObjectVersion object) {
    List<SiteReplication> sites = new ArrayList<>();
    List<String> found =
        readers.read(
            db ->
                db.list(
                    "SELECT m.json, n.text, s.status, s.data_store_version FROM object o"
                        + " JOIN metadata m ON m.object_id = o.id LEFT JOIN site_status s ON s.object_id = o.id"
                        + " LEFT JOIN name n ON n.id = s.location"
                        + " WHERE o.bucket = ? AND o.key = ? AND o.version = ? ORDER BY s.ordinal",
                    row -> {
                      if (row.getString(2) != null) {
                        sites.add(
                            new SiteReplication(
                                LocationName.of(row.getString(2)),
                                SiteStatus.valueOf(row.getString(3)),
                                row.getString(4)));
                      }
                      return row.getString(1);
                    },
                    object.bucket(),
                    object.key(),
                    object.versionId()));
    return found.stream().findFirst().map(json -> withCurrent(json, sites));
  }

  private static String withCurrent(String json, List<SiteReplication> sites) {
    if (sites.isEmpty()) {
      return json;
    }
    ReplicationInfo written = ObjectMetadata.parse(json).replicationInfo();
    return ObjectMetadata.withReplicationInfo(json, written.withCurrent(sites));
  }

  @Override
  public List<JournaledObject> list(String bucket, String prefix, String after, int limit) {
    List<JournaledObject> page = page(bucket, prefix, after, limit);
    // Keys with the prefix stand together, so what does not have it is behind the last of them.
    return page.isEmpty() || last(page).object().key().startsWith(prefix)
        ? page
        : page.stream().filter(object -> object.object().key().startsWith(prefix)).toList();
  }

  private static JournaledObject last(List<JournaledObject> page) {
    return page.get(page.size() - 1);
  }

  private List<JournaledObject> page(String bucket, String from, String after, int limit) {
    return readers.read(
        db ->
            db.list(
                "SELECT o.key, o.version, o.revision, m.json FROM object o JOIN metadata m ON m.object_id = o.id"
                    + " WHERE o.bucket = ?1 AND o.key >= ?4 AND o.key > ?2 AND o.key <= (SELECT max(key) FROM"
                    + " (SELECT DISTINCT k.key FROM object k JOIN metadata ON metadata.object_id = k.id"
                    + " WHERE k.bucket = ?1 AND k.key >= ?4 AND k.key > ?2 ORDER BY k.key LIMIT ?3))"
                    + " ORDER BY o.key, o.version",
                row ->
                    new JournaledObject(
                        new ObjectVersion(bucket, row.getString(1), row.getString(2)),
                        row.getString(3),
                        row.getString(4)),
                bucket,
                after,
                limit,
                from));
  }

  /** One look into the index for each bucket, however many objects it has. */
  @Override
  public List<String> buckets(String after, int limit) {
    return readers.read(
        db ->
            db.list(
                "WITH RECURSIVE b(name) AS (SELECT min(bucket) FROM object WHERE bucket > ?1"
                    + " UNION ALL SELECT (SELECT min(bucket) FROM object WHERE bucket > b.name) FROM b"
                    + " WHERE b.name IS NOT NULL) SELECT name FROM b WHERE name IS NOT NULL LIMIT ?2",
                row -> row.getString(1),
                after,
                limit));
  }

  /** Ends a read that waits. */
  @Override
  public void close() {
    closed = true;
    appended.raise();
  }
}
