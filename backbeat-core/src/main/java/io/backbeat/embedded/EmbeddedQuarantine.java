package io.backbeat.embedded;

import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records that could not be understood. */
final class EmbeddedQuarantine implements QuarantineStore {
  private static final String SELECT =
      "SELECT position, bucket, key, value, reason, at FROM quarantine ";

  private final Writer writer;
  private final Readers readers;

  EmbeddedQuarantine(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public void add(List<QuarantinedEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<QuarantinedEntry> copy = List.copyOf(entries);
    writer.write(
        db -> {
          for (QuarantinedEntry entry : copy) {
            db.update(
                "INSERT INTO quarantine (position, bucket, key, value, reason, at) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (position) DO UPDATE SET bucket = excluded.bucket, key = excluded.key,"
                    + " value = excluded.value, reason = excluded.reason, at = excluded.at",
                entry.position().value(),
                // Whatever could be read of a broken record; its bytes are kept as they are.
                Text.lenient(entry.bucket()),
                Text.lenient(entry.key()),
                entry.value(),
                Text.lenient(entry.reason()),
                Millis.of(entry.at()));
          }
          return copy.size();
        });
  }

  @Override
  public List<QuarantinedEntry> list(int limit) {
    return readers.read(
        db -> db.list(SELECT + "ORDER BY id LIMIT ?", EmbeddedQuarantine::read, limit));
  }

  @Override
  public Optional<QuarantinedEntry> find(LogPosition position) {
    return readers.read(
        db -> db.first(SELECT + "WHERE position = ?", EmbeddedQuarantine::read, position.value()));
  }

  private static QuarantinedEntry read(ResultSet row) throws SQLException {
    byte[] value = row.getBytes(4);
    return new QuarantinedEntry(
        new LogPosition(row.getString(1)),
        row.getString(2),
        row.getString(3),
        value == null ? new byte[0] : value,
        row.getString(5),
        Instant.ofEpochMilli(row.getLong(6)));
  }

  @Override
  public long count() {
    return readers.read(db -> db.number("SELECT count(*) FROM quarantine"));
  }

  @Override
  public boolean remove(LogPosition position) {
    return writer.write(
        db -> db.update("DELETE FROM quarantine WHERE position = ?", position.value()) > 0);
  }
}
