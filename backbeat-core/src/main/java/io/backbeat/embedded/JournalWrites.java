package io.backbeat.embedded;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What changes the journal. Owned by the writer's thread. */
final class JournalWrites {
  /** How many deleted versions one transaction lets go of. */
  private static final int TRIM_STEP = 1000;

  private static final HexFormat HEX = HexFormat.of();

  private final Names names;
  private final LedgerWrites ledger;
  private long lastSeq = -1;
  private String salt = "";

  JournalWrites(Names names, LedgerWrites ledger) {
    this.names = names;
    this.ledger = ledger;
  }

  /**
   * A client write that was read and found good.
   *
   * @param version the version id as stored, empty without one
   * @param metadata to be stamped with the revision
   */
  record Put(ObjectVersion object, String version, String metadata, List<SiteReplication> sites) {}

  /**
   * Takes the place of the next change in the log. Numbers that a failed transaction took are not
   * used again; gaps do not matter.
   */
  long takeSeq(Db db) throws SQLException {
    if (lastSeq < 0) {
      lastSeq = db.number("SELECT coalesce(max(seq), 0) FROM object");
      salt = db.first("SELECT salt FROM store", row -> row.getString(1)).orElseThrow();
    }
    return ++lastSeq;
  }

  /**
   * The revision of the write at a place: unique in this store, and unlike those of another one.
   */
  String revision(long seq) {
    return HEX.toHexDigits(seq) + salt;
  }

  void put(Db db, Put put, long seq, String stamped, long now) throws SQLException {
    Optional<ObjectRows.Found> before = ObjectRows.find(db, put.object());
    long id = before.isPresent() ? before.get().id() : ObjectRows.idOf(db, put.object());
    if (before.isPresent() && before.get().exists()) {
      keepPayloads(db, id);
      db.update("DELETE FROM site_status WHERE object_id = ?", id);
      ledger.removeFailed(db, id);
    }
    db.update(
        "UPDATE object SET seq = ?, deleted = 0, revision = ?, changed_at = ?, stored_version = ? WHERE id = ?",
        seq,
        revision(seq),
        now,
        put.version(),
        id);
    db.update("INSERT OR REPLACE INTO metadata (object_id, json) VALUES (?, ?)", id, stamped);
    int ordinal = 0;
    for (SiteReplication site : put.sites()) {
      db.update(
          "INSERT INTO site_status (object_id, ordinal, location, status, data_store_version) VALUES (?, ?, ?, ?, ?)",
          id,
          ordinal++,
          names.id(db, site.location().value()),
          site.status().name(),
          site.dataStoreVersionId());
    }
  }

  /** Ledger entries that share the metadata get a copy before it changes. */
  private static void keepPayloads(Db db, long id) throws SQLException {
    db.update(
        "UPDATE ledger SET payload = (SELECT json FROM metadata WHERE object_id = ledger.object_id)"
            + " WHERE object_id = ? AND payload IS NULL",
        id);
  }

  void delete(Db db, ObjectVersion object, long now) throws SQLException {
    Optional<ObjectRows.Found> found = ObjectRows.find(db, object);
    if (found.isEmpty() || !found.get().exists()) {
      return;
    }
    long id = found.get().id();
    db.update("DELETE FROM site_status WHERE object_id = ?", id);
    ledger.removeAll(db, id);
    db.update("DELETE FROM metadata WHERE object_id = ?", id);
    db.update(
        "UPDATE object SET seq = ?, deleted = 1, changed_at = ? WHERE id = ?",
        takeSeq(db),
        now,
        id);
  }

  /**
   * Lets go of some deleted versions that were read. Never of the last change of all, whose number
   * says where to go on counting; a version that the ledger has jobs of keeps its row as a name.
   */
  static void trimDeleted(Db db, long read) throws SQLException {
    List<Long> ids =
        db.list(
            "SELECT id FROM object WHERE deleted = 1 AND seq <= ? AND seq < (SELECT max(seq) FROM object)"
                + " ORDER BY seq LIMIT "
                + TRIM_STEP,
            row -> row.getLong(1),
            read);
    for (long id : ids) {
      db.update("UPDATE object SET seq = NULL, deleted = 0, revision = NULL WHERE id = ?", id);
      ObjectRows.forgetUnused(db, id);
    }
  }
}
