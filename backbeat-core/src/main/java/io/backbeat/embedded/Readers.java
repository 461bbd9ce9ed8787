package io.backbeat.embedded;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections that only read, each read in a snapshot of its own. Thread-safe; more reads
 * than connections wait.
 */
final class Readers implements AutoCloseable {
  /** What a caller wants to know. */
  @FunctionalInterface
  interface Query<T> {
    T run(Db db) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  private final Path file;
  private final StoreErrors errors;
  private final int size;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Db> idle;
  private volatile boolean closed;

  Readers(Path file, List<Db> connections) {
    this.file = file;
    this.errors = new StoreErrors(file);
    this.size = connections.size();
    this.permits = new Semaphore(size, true);
    this.idle = new ConcurrentLinkedDeque<>(connections);
  }

  /**
   * For whoever knows the answer without reading.
   *
   * @throws BackbeatException NOT_RUNNING if the store is closed
   */
  void requireOpen() {
    if (closed) {
      throw closed();
    }
  }

  private BackbeatException closed() {
    return new BackbeatException(ErrorCode.NOT_RUNNING, "the store " + file + " is closed");
  }

  /**
   * Reads.
   *
   * @throws BackbeatException INTERNAL_ERROR if the store failed, NOT_RUNNING if it is closed
   */
  <T> T read(Query<T> query) {
    permits.acquireUninterruptibly();
    @Nullable Db db = closed ? null : idle.pollFirst();
    try {
      if (db == null) {
        throw closed();
      }
      return snapshot(db, query);
    } catch (SQLException e) {
      throw errors.toBackbeat(e);
    } finally {
      if (db != null) {
        idle.addFirst(db);
      }
      permits.release();
    }
  }

  private static <T> T snapshot(Db db, Query<T> query) throws SQLException {
    db.update("BEGIN");
    try {
      return query.run(db);
    } finally {
      end(db);
    }
  }

  private static void end(Db db) {
    try {
      db.update("ROLLBACK");
    } catch (SQLException e) {
      // Some errors of the query have ended the transaction already; the query's own is what
      // matters.
      LOG.debug("end of a snapshot", e);
    }
  }

  /** Waits for reads that are running, then closes the connections. Idempotent. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(size);
    try {
      for (Db db = idle.pollFirst(); db != null; db = idle.pollFirst()) {
        db.close();
      }
    } catch (SQLException e) {
      LOG.warn("cannot close {}", file, e);
    } finally {
      permits.release(size);
    }
  }
}
