package io.backbeat.embedded;

import io.backbeat.api.ObjectVersion;
import java.sql.SQLException;
import java.util.Optional;

/** The rows that name object versions. */
final class ObjectRows {
  /**
   * A version that has a row.
   *
   * @param journaled whether the row is part of the log, also as a deleted version
   * @param deleted whether the log says that the version is gone
   */
  record Found(long id, boolean journaled, boolean deleted) {
    /** Whether the version has metadata and statuses. */
    boolean exists() {
      return journaled && !deleted;
    }
  }

  private ObjectRows() {}

  static Optional<Found> find(Db db, ObjectVersion object) throws SQLException {
    return db.first(
        "SELECT id, seq IS NOT NULL, deleted FROM object WHERE bucket = ? AND key = ? AND version = ?",
        row -> new Found(row.getLong(1), row.getBoolean(2), row.getBoolean(3)),
        object.bucket(),
        object.key(),
        object.versionId());
  }

  /** The number of a version; one that is not in the log gets a row that only names it. */
  static long idOf(Db db, ObjectVersion object) throws SQLException {
    long id =
        db.number(
            "SELECT id FROM object WHERE bucket = ? AND key = ? AND version = ?",
            object.bucket(),
            object.key(),
            object.versionId());
    return id >= 0
        ? id
        : db.number(
            "INSERT INTO object (bucket, key, version) VALUES (?, ?, ?) RETURNING id",
            object.bucket(),
            object.key(),
            object.versionId());
  }

  /** Removes a row that only named a version, once the ledger has nothing of it. */
  static void forgetUnused(Db db, long id) throws SQLException {
    db.update(
        "DELETE FROM object WHERE id = ? AND seq IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM ledger WHERE object_id = object.id)",
        id);
  }
}
