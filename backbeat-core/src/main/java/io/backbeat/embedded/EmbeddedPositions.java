package io.backbeat.embedded;

import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.Optional;

/** Positions of logs. Saving that of the journal also lets go of deleted versions before it. */
final class EmbeddedPositions implements LogPositionStore {
  private final Writer writer;
  private final Readers readers;

  EmbeddedPositions(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public Optional<LogPosition> load(String logName) {
    return readers.read(
        db ->
            db.first(
                "SELECT position FROM log_position WHERE log = ?",
                row -> new LogPosition(row.getString(1)),
                logName));
  }

  @Override
  public void save(String logName, LogPosition position) {
    writer.write(
        db -> {
          if (logName.equals(EmbeddedJournal.NAME)) {
            JournalWrites.trimDeleted(db, EmbeddedJournal.seq(position));
          }
          return db.update(
              "INSERT INTO log_position (log, position) VALUES (?, ?)"
                  + " ON CONFLICT DO UPDATE SET position = excluded.position",
              logName,
              position.value());
        });
  }
}
