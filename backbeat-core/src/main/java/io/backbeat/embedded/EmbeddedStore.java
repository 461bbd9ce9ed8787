package io.backbeat.embedded;

import io.backbeat.api.BackbeatException;
import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Every port on one directory of the local disk: {@code backbeat.db}, an SQLite file with a
 * write-ahead log beside it, and {@code backbeat.lock}. Thread-safe; several engines of one process
 * may share it, another process may not open the directory.
 *
 * <p>What a write call returns from is on the disk (flushed, not only handed to the system): after
 * a crash of the process or of the machine, opening the directory again loses none of it. Space of
 * finished work is used again; the file itself does not shrink.
 */
public final class EmbeddedStore implements Stores {
  private final DirectoryLock lock;
  private final Writer writer;
  private final Readers readers;
  private final EmbeddedJournal journal;
  private final LogPositionStore positions;
  private final QuarantineStore quarantine;
  private final JobQueue queue;
  private final StatusStore statuses;
  private final FailedJobStore failedJobs;
  private final TransitionStore transitions;
  private final CounterStore counters;
  private final LocationStateStore locationStates;
  private final WorkflowStateStore workflowStates;
  private final UploadStore uploads;
  private final BulkTaskStore bulkTasks;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedStore(
      DirectoryLock lock, Writer writer, Readers readers, EmbeddedOptions options) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
    Names names = new Names();
    writer.onRollback(names::reset);
    LedgerWrites ledgerWrites = new LedgerWrites(names);
    this.journal =
        new EmbeddedJournal(
            writer, readers, new JournalWrites(names, ledgerWrites), options.clock());
    this.positions = new EmbeddedPositions(writer, readers);
    this.quarantine = new EmbeddedQuarantine(writer, readers);
    EmbeddedQueue embeddedQueue = new EmbeddedQueue(writer, readers, options.partitionsPerQueue());
    this.queue = embeddedQueue;
    this.statuses = new EmbeddedStatuses(writer, readers);
    this.failedJobs = new EmbeddedLedger(writer, readers, ledgerWrites, options.clock());
    this.transitions = new EmbeddedTransitions(writer, readers);
    this.counters = new EmbeddedCounters(writer, readers);
    this.locationStates = new EmbeddedLocationStates(writer, readers);
    this.workflowStates = new EmbeddedWorkflowStates(writer, readers);
    this.uploads = new EmbeddedUploads(writer, readers);
    this.bulkTasks = new EmbeddedBulkTasks(writer, readers);
    writer.start();
    embeddedQueue.removeLeftMarkers();
  }

  /** Opens a directory with {@link EmbeddedOptions#DEFAULT}. */
  public static EmbeddedStore open(Path dataDirectory) {
    return open(dataDirectory, EmbeddedOptions.DEFAULT);
  }

  /**
   * Opens a directory; makes it, and an empty store in it, if need be.
   *
   * @throws StoreOpenException if the directory is in use, cannot be written, holds something else,
   *     or is damaged, or if the SQLite driver is missing; says which, and changes nothing
   */
  public static EmbeddedStore open(Path dataDirectory, EmbeddedOptions options) {
    return open(dataDirectory, options, StoreFile.DRIVER);
  }

  static EmbeddedStore open(Path dataDirectory, EmbeddedOptions options, String driverClass) {
    Path directory = StoreFile.requireDirectory(dataDirectory);
    StoreFile file = StoreFile.in(directory, driverClass);
    DirectoryLock lock = DirectoryLock.acquire(directory);
    boolean opened = false;
    try {
      Db db = file.openWriter(options.checkUpToBytes());
      List<Db> connections = file.openReaders(options.readConnections(), db);
      Writer writer = new Writer(file.path(), db);
      Readers readers = new Readers(file.path(), connections);
      EmbeddedStore store = new EmbeddedStore(lock, writer, readers, options);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  @Override
  public MetadataJournal journal() {
    return journal;
  }

  @Override
  public LogPositionStore positions() {
    return positions;
  }

  @Override
  public QuarantineStore quarantine() {
    return quarantine;
  }

  @Override
  public JobQueue queue() {
    return queue;
  }

  @Override
  public StatusStore statuses() {
    return statuses;
  }

  @Override
  public FailedJobStore failedJobs() {
    return failedJobs;
  }

  @Override
  public TransitionStore transitions() {
    return transitions;
  }

  @Override
  public CounterStore counters() {
    return counters;
  }

  @Override
  public LocationStateStore locationStates() {
    return locationStates;
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return workflowStates;
  }

  @Override
  public UploadStore uploads() {
    return uploads;
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return bulkTasks;
  }

  /**
   * Makes the file behave as on a full disk once it has so many pages; 0 lifts the limit. For
   * tests.
   */
  void limitPages(long pages) {
    long limit = pages == 0 ? 0xFFFFFFFEL : pages;
    writer.write(db -> db.pragma("PRAGMA max_page_count = " + limit));
  }

  /** Pages of the file. For tests. */
  long pages() {
    return readers.read(db -> db.number("PRAGMA page_count"));
  }

  /** Transactions since the store was opened. For tests. */
  long commits() {
    return writer.commits();
  }

  /** Rows of a table. For tests. */
  long rows(String table) {
    // Not a write; what was submitted lazily is in the file when it returns.
    writer.write(db -> table);
    return readers.read(db -> db.pragma("SELECT count(*) FROM " + table));
  }

  /**
   * Finishes writes that were asked for, and gives the directory free. Everything else is refused
   * from then on with {@link BackbeatException} NOT_RUNNING. Takes at most about 30 seconds.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      journal.close();
      readers.close();
      writer.close();
      lock.close();
    }
  }
}
