package io.backbeat.embedded;

import io.backbeat.bulk.BulkTaskStore;
import java.util.List;
import java.util.Optional;

/** Bulk tasks in the file. */
final class EmbeddedBulkTasks implements BulkTaskStore {
  private static final String SELECT = "SELECT id, document, revision FROM bulk_task";

  private final Writer writer;
  private final Readers readers;

  EmbeddedBulkTasks(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public List<Stored> list() {
    return readers.read(
        db ->
            db.list(SELECT, row -> new Stored(row.getString(1), row.getString(2), row.getLong(3))));
  }

  @Override
  public Optional<Stored> load(String id) {
    return readers.read(
        db ->
            db.first(
                SELECT + " WHERE id = ?",
                row -> new Stored(row.getString(1), row.getString(2), row.getLong(3)),
                id));
  }

  @Override
  public boolean compareAndSet(String id, long expectedRevision, String document) {
    int changed =
        expectedRevision == 0
            ? writer.write(
                db ->
                    db.update(
                        "INSERT INTO bulk_task (id, document, revision) VALUES (?, ?, 1)"
                            + " ON CONFLICT DO NOTHING",
                        id,
                        document))
            : writer.write(
                db ->
                    db.update(
                        "UPDATE bulk_task SET document = ?, revision = revision + 1"
                            + " WHERE id = ? AND revision = ?",
                        document,
                        id,
                        expectedRevision));
    return changed > 0;
  }

  @Override
  public boolean remove(String id, long expectedRevision) {
    return writer.write(
            db ->
                db.update(
                    "DELETE FROM bulk_task WHERE id = ? AND revision = ?", id, expectedRevision))
        > 0;
  }
}
