package io.backbeat.embedded;

import io.backbeat.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the file of a store, after a look at whether it is one and whether it is
 * whole.
 */
final class StoreFile {
  static final String FILE = "backbeat.db";
  static final String DRIVER = "org.sqlite.JDBC";

  /**
   * Pages of the write-ahead log after which the writer moves it into the file: 64 MiB. Fewer means
   * that pages which change often are moved more often.
   */
  private static final int CHECKPOINT_PAGES = 16_384;

  private final Path file;
  private final Driver driver;

  private StoreFile(Path file, Driver driver) {
    this.file = file;
    this.driver = driver;
  }

  /**
   * The file in a directory; does not open it yet.
   *
   * @throws StoreOpenException DRIVER_MISSING
   */
  static StoreFile in(Path directory, String driverClass) {
    try {
      Driver driver =
          Class.forName(driverClass)
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance();
      return new StoreFile(directory.resolve(FILE), driver);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw new StoreOpenException(
          Reason.DRIVER_MISSING,
          "the embedded store needs the SQLite driver: add the dependency org.xerial:sqlite-jdbc (missing: "
              + driverClass
              + ")",
          e);
    }
  }

  Path path() {
    return file;
  }

  /**
   * Opens the connection that writes; makes the tables in a new file.
   *
   * @throws StoreOpenException INACCESSIBLE, FOREIGN_FILE, NEWER_VERSION, CORRUPT
   */
  Db openWriter(long checkUpToBytes) {
    List<Db> opened = new ArrayList<>();
    boolean done = false;
    try {
      Db db = connect();
      opened.add(db);
      db.execute("PRAGMA locking_mode = NORMAL");
      // Reads the header, so a file that is not a database ends here, before anything is written.
      db.number("PRAGMA schema_version");
      Schema.prepare(db, file);
      db.execute("PRAGMA journal_mode = WAL");
      db.execute("PRAGMA synchronous = FULL");
      // 128 MiB, outside the heap and taken only as the file grows: holds what a million queued
      // jobs are looked up by.
      db.execute("PRAGMA cache_size = -131072");
      db.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      db.execute("PRAGMA journal_size_limit = " + 2 * 4096L * CHECKPOINT_PAGES);
      check(db, checkUpToBytes);
      done = true;
      return db;
    } catch (SQLException e) {
      throw explain(e);
    } finally {
      if (!done) {
        opened.forEach(StoreFile::closeQuietly);
      }
    }
  }

  /** Opens connections that only read; closes the writer's if that fails. */
  List<Db> openReaders(int count, Db writer) {
    List<Db> readers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Db db = connect();
        readers.add(db);
        db.execute("PRAGMA query_only = ON");
        db.execute("PRAGMA cache_size = -8192");
      }
      return readers;
    } catch (SQLException e) {
      readers.forEach(StoreFile::closeQuietly);
      closeQuietly(writer);
      throw explain(e);
    }
  }

  private Db connect() throws SQLException {
    Properties properties = new Properties();
    // Else every insert is followed by a query that nobody asked for.
    properties.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = driver.connect("jdbc:sqlite:" + file, properties);
    Db db = new Db(connection);
    db.execute("PRAGMA busy_timeout = 10000");
    return db;
  }

  private void check(Db db, long checkUpToBytes) throws SQLException {
    long bytes = db.number("PRAGMA page_count") * db.number("PRAGMA page_size");
    if (bytes <= checkUpToBytes) {
      String verdict = db.first("PRAGMA quick_check(1)", row -> row.getString(1)).orElse("ok");
      if (!verdict.equals("ok")) {
        throw corrupt(verdict, null);
      }
      return;
    }
    for (String table :
        db.list("SELECT name FROM sqlite_master WHERE type = 'table'", row -> row.getString(1))) {
      for (String order : List.of("ASC", "DESC")) {
        db.execute("SELECT * FROM \"" + table + "\" ORDER BY 1 " + order + " LIMIT 1");
      }
    }
  }

  private StoreOpenException explain(SQLException e) {
    if (StoreErrors.notDatabase(e)) {
      return new StoreOpenException(
          Reason.FOREIGN_FILE,
          file + " is not a store of Backbeat, or its first page is damaged; it was left as it is",
          e);
    }
    if (StoreErrors.corrupt(e)) {
      return corrupt(e.getMessage(), e);
    }
    return new StoreOpenException(
        Reason.INACCESSIBLE,
        "cannot open " + file + ", check the permissions and the space left: " + e.getMessage(),
        e);
  }

  private StoreOpenException corrupt(@Nullable String finding, @Nullable Throwable cause) {
    return new StoreOpenException(
        Reason.CORRUPT,
        file
            + " is damaged; it was left as it is. Keep it, and go back to a copy from before, or open an empty directory"
            + " and let the log be read again. Found: "
            + finding,
        cause);
  }

  private static void closeQuietly(Db db) {
    try {
      db.close();
    } catch (SQLException e) {
      // What failed before is what matters.
    }
  }

  /**
   * Makes the directory if need be, and gives its real path.
   *
   * @throws StoreOpenException INACCESSIBLE
   */
  static Path requireDirectory(Path directory) {
    try {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new StoreOpenException(
            Reason.INACCESSIBLE,
            "data directory " + directory + " is a file; a directory is needed",
            null);
      }
      Path real = Files.createDirectories(directory).toRealPath();
      if (!Files.isWritable(real) || !Files.isReadable(real)) {
        throw new StoreOpenException(
            Reason.INACCESSIBLE,
            "data directory " + real + " must be readable and writable by the user of this process",
            null);
      }
      return real;
    } catch (IOException e) {
      throw new StoreOpenException(
          Reason.INACCESSIBLE, "cannot create the data directory " + directory + ": " + e, e);
    }
  }
}
