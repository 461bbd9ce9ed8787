package io.backbeat.embedded;

import io.backbeat.embedded.StoreOpenException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of the file. Instants are milliseconds since 1970, in UTC; texts are compared by their
 * UTF-8 bytes.
 *
 * <p>{@code object} is also the metadata log, ordered by {@code seq}: a change of a version takes a
 * new number, and a deleted version stays as a row that says so until the log has been read past
 * it. A row without {@code seq} is not in the log; it only names a version that the ledger has jobs
 * of.
 */
final class Schema {
  /** "BkBt", so that {@code file} and we can tell whose file it is. */
  static final int APPLICATION_ID = 0x426b4274;

  static final int VERSION = 3;

  private static final String WORKFLOW_STATE =
      "CREATE TABLE workflow_state (service TEXT PRIMARY KEY, document TEXT NOT NULL,"
          + " revision INTEGER NOT NULL) WITHOUT ROWID";

  /** Empty where the queue has one location, which is that of its jobs. */
  private static final String QUEUE_ENTRY_LOCATION =
      "ALTER TABLE queue_entry ADD COLUMN location TEXT NOT NULL DEFAULT ''";

  private static final String OPEN_UPLOAD =
      """
      CREATE TABLE open_upload (
        id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
        type TEXT NOT NULL, location TEXT NOT NULL, upload TEXT NOT NULL, revision TEXT NOT NULL,
        role TEXT NOT NULL, begun_at INTEGER NOT NULL, touched_at INTEGER NOT NULL,
        UNIQUE (bucket, key, version, type, location, upload))""";

  private static final String OPEN_UPLOAD_TOUCHED =
      "CREATE INDEX open_upload_touched ON open_upload (touched_at)";

  private static final String UPLOAD_PART =
      """
      CREATE TABLE upload_part (
        upload_id INTEGER NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL,
        sub_parts INTEGER NOT NULL, size INTEGER NOT NULL,
        PRIMARY KEY (upload_id, number)) WITHOUT ROWID""";

  /** Has all that is asked of the ages of jobs, so that their rows are not read. */
  private static final String LEDGER_AGE =
      "CREATE INDEX ledger_age ON ledger (type, location, created_at, bytes) WHERE state <> 'FAILED'";

  // bucket, key and version are empty for what happened to a location.
  private static final String TRANSITION =
      """
      CREATE TABLE transition (
        bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, location TEXT NOT NULL,
        number INTEGER NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, attempts INTEGER NOT NULL,
        until INTEGER, error_class TEXT NOT NULL, message TEXT NOT NULL,
        PRIMARY KEY (bucket, key, version, location, number)) WITHOUT ROWID""";

  private static final String TRANSITION_AT = "CREATE INDEX transition_at ON transition (at)";

  private static final String BULK_TASK =
      "CREATE TABLE bulk_task (id TEXT PRIMARY KEY, document TEXT NOT NULL,"
          + " revision INTEGER NOT NULL) WITHOUT ROWID";

  private static final String COLLECTIONS = " (SELECT id FROM name WHERE text = 'gc')";

  /**
   * Collections had a queue for each location, and share one now. What stood in the old ones is in
   * the ledger, too, and is queued from there at once. Numbers of the old queues are given again,
   * so that none of their entries may stay.
   */
  private static final List<String> QUEUE_COLLECTIONS_AGAIN =
      List.of(
          "UPDATE ledger SET state = 'WAITING', next_attempt = 0 WHERE state = 'QUEUED' AND type ="
              + COLLECTIONS,
          "INSERT INTO ledger_count (type, location, state, entries)"
              + " SELECT type, location, 'WAITING', entries FROM ledger_count"
              + " WHERE state = 'QUEUED' AND type ="
              + COLLECTIONS
              + " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
          "UPDATE ledger_count SET entries = 0 WHERE state = 'QUEUED' AND type =" + COLLECTIONS,
          "DELETE FROM queue_entry"
              + " WHERE abs(id) >> 40 IN (SELECT id FROM queue_partition WHERE type = 'gc')",
          "DELETE FROM queue_partition WHERE type = 'gc'");

  /** What a file of version n + 1 lacks, at place n. */
  private static final List<List<String>> UPGRADES =
      List.of(
          List.of(WORKFLOW_STATE),
          and(
              QUEUE_COLLECTIONS_AGAIN,
              OPEN_UPLOAD,
              OPEN_UPLOAD_TOUCHED,
              UPLOAD_PART,
              QUEUE_ENTRY_LOCATION,
              LEDGER_AGE,
              TRANSITION,
              TRANSITION_AT,
              BULK_TASK));

  private static final List<String> TABLES =
      List.of(
          // Names of job types and locations, which every other table has by number.
          "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
          """
          CREATE TABLE object (
            id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
            seq INTEGER UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, revision TEXT, changed_at INTEGER,
            stored_version TEXT,
            UNIQUE (bucket, key, version))""",
          "CREATE INDEX object_deleted ON object (seq) WHERE deleted = 1",
          // Apart from object, so that statuses move without reading it.
          "CREATE TABLE metadata (object_id INTEGER PRIMARY KEY, json TEXT NOT NULL)",
          """
          CREATE TABLE site_status (
            object_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, location INTEGER NOT NULL,
            status TEXT NOT NULL, data_store_version TEXT NOT NULL,
            PRIMARY KEY (object_id, ordinal)) WITHOUT ROWID""",
          // payload is null where it equals the version's metadata.
          """
          CREATE TABLE ledger (
            object_id INTEGER NOT NULL, type INTEGER NOT NULL, location INTEGER NOT NULL,
            state TEXT NOT NULL, revision TEXT NOT NULL, bytes INTEGER NOT NULL, attempt INTEGER NOT NULL,
            created_at INTEGER NOT NULL, first_failure INTEGER, last_failure INTEGER, error_class TEXT,
            message TEXT, next_attempt INTEGER, marker INTEGER NOT NULL, payload TEXT,
            PRIMARY KEY (object_id, type, location)) WITHOUT ROWID""",
          "CREATE INDEX ledger_due ON ledger (next_attempt) WHERE state = 'WAITING'",
          "CREATE INDEX ledger_failed ON ledger (type, location, marker) WHERE state = 'FAILED'",
          "CREATE INDEX ledger_last_failure ON ledger (last_failure) WHERE state = 'FAILED'",
          LEDGER_AGE,
          """
          CREATE TABLE ledger_count (
            type INTEGER NOT NULL, location INTEGER NOT NULL, state TEXT NOT NULL, entries INTEGER NOT NULL,
            PRIMARY KEY (type, location, state)) WITHOUT ROWID""",
          """
          CREATE TABLE queue_partition (
            id INTEGER PRIMARY KEY, type TEXT NOT NULL, location TEXT NOT NULL, number INTEGER NOT NULL,
            committed INTEGER NOT NULL DEFAULT 0, UNIQUE (type, location, number))""",
          // id: number of the partition's row << 40 | offset. Rows are long, which only tables with
          // a rowid take well.
          """
          CREATE TABLE queue_entry (
            id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
            revision TEXT NOT NULL, bytes INTEGER NOT NULL, attempt INTEGER NOT NULL,
            created_at INTEGER NOT NULL, payload TEXT NOT NULL)""",
          QUEUE_ENTRY_LOCATION,
          """
          CREATE TABLE gauge (
            service TEXT NOT NULL, location TEXT NOT NULL, counter TEXT NOT NULL, bucket TEXT NOT NULL,
            key TEXT NOT NULL, version TEXT NOT NULL, value INTEGER NOT NULL,
            PRIMARY KEY (service, location, counter, bucket, key, version)) WITHOUT ROWID""",
          // interval: seconds since 1970. It leads, so that what has expired stands together.
          """
          CREATE TABLE series (
            interval INTEGER NOT NULL, service TEXT NOT NULL, location TEXT NOT NULL, counter TEXT NOT NULL,
            bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, value INTEGER NOT NULL,
            PRIMARY KEY (interval, service, location, counter, bucket, key, version)) WITHOUT ROWID""",
          """
          CREATE TABLE location_state (
            service TEXT NOT NULL, location TEXT NOT NULL, target TEXT NOT NULL, observed TEXT NOT NULL,
            resume_at INTEGER, revision INTEGER NOT NULL, PRIMARY KEY (service, location)) WITHOUT ROWID""",
          """
          CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY, position TEXT NOT NULL UNIQUE, bucket TEXT NOT NULL, key TEXT NOT NULL,
            value BLOB NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL)""",
          "CREATE TABLE log_position (log TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID",
          WORKFLOW_STATE,
          OPEN_UPLOAD,
          OPEN_UPLOAD_TOUCHED,
          UPLOAD_PART,
          TRANSITION,
          TRANSITION_AT,
          BULK_TASK,
          // One row; makes revisions of this store differ from those of any other.
          "CREATE TABLE store (id INTEGER PRIMARY KEY CHECK (id = 1), salt TEXT NOT NULL)",
          "INSERT INTO store SELECT 1, lower(hex(randomblob(4)))");

  private Schema() {}

  /**
   * Makes the tables if the file is new, adds what a file of an older version lacks, and refuses a
   * file that is not ours.
   *
   * @throws StoreOpenException FOREIGN_FILE, NEWER_VERSION
   */
  static void prepare(Db db, Path file) throws SQLException {
    if (!requireOurs(db, file)) {
      change(db, TABLES, VERSION);
      return;
    }
    int version = (int) db.number("PRAGMA user_version");
    for (int known = version; known < VERSION; known++) {
      change(db, UPGRADES.get(known - 1), known + 1);
    }
  }

  private static List<String> and(List<String> first, String... others) {
    return Stream.concat(first.stream(), Stream.of(others)).toList();
  }

  private static void change(Db db, List<String> statements, int version) throws SQLException {
    db.execute("BEGIN IMMEDIATE");
    for (String statement : statements) {
      db.execute(statement);
    }
    db.execute("PRAGMA application_id = " + APPLICATION_ID);
    db.execute("PRAGMA user_version = " + version);
    db.execute("COMMIT");
  }

  /** False if the file is new, that is, if nothing was ever committed to it. */
  private static boolean requireOurs(Db db, Path file) throws SQLException {
    long application = db.number("PRAGMA application_id");
    long version = db.number("PRAGMA user_version");
    long tables = db.number("SELECT count(*) FROM sqlite_master");
    if (application == 0 && version == 0 && tables == 0) {
      return false;
    }
    if (application != APPLICATION_ID) {
      throw new StoreOpenException(
          Reason.FOREIGN_FILE,
          file + " is an SQLite file of another program; give Backbeat a directory of its own",
          null);
    }
    if (version > VERSION) {
      throw new StoreOpenException(
          Reason.NEWER_VERSION,
          file
              + " has the format "
              + version
              + " of a newer Backbeat, this one knows up to "
              + VERSION
              + "; start that version, or give this one another directory",
          null);
    }
    return true;
  }
}
