package io.backbeat.mongodb;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.QuarantineStore;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import java.time.Clock;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * The ports that are on MongoDB. Connects when it is first used, so MongoDB may be away when it is
 * opened. Thread-safe; every accessor gives the same object each time.
 *
 * <p>Every write is acknowledged by a majority of the replica set before its method returns, unless
 * the connection string says otherwise.
 */
public final class MongoStore implements AutoCloseable {
  private static final String DRIVER = "com.mongodb.client.MongoClient";

  private final MongoConnection mongo;
  private final MongoJournal journal;
  private final MongoStatuses statuses;
  private final MongoLedger ledger;
  private final MongoQuarantine quarantine;
  private final MongoPositions positions;
  private final MongoUploads uploads;
  private final MongoTransitions transitions;
  private final MongoBulkTasks bulkTasks;
  private final MongoLifecycleStates lifecycleStates;

  private MongoStore(MongoConnection mongo, MongoOptions options, Clock clock) {
    this.mongo = mongo;
    BucketFormats formats = new BucketFormats(mongo, clock);
    ObjectDocuments documents = new ObjectDocuments(mongo, formats);
    this.ledger = new MongoLedger(mongo, options.countsAge());
    this.journal = new MongoJournal(mongo, ledger, documents, formats, clock);
    this.statuses = new MongoStatuses(mongo, documents);
    this.quarantine = new MongoQuarantine(mongo);
    this.positions = new MongoPositions(mongo);
    this.uploads = new MongoUploads(mongo);
    this.transitions = new MongoTransitions(mongo);
    this.bulkTasks = new MongoBulkTasks(mongo);
    this.lifecycleStates = new MongoLifecycleStates(mongo);
  }

  /**
   * Opens the store; nothing is connected yet.
   *
   * @throws IllegalArgumentException if the connection string is none
   * @throws IllegalStateException if the driver is not on the class path; names the artifact
   */
  public static MongoStore open(MongoOptions options, Clock clock) {
    try {
      Class.forName(DRIVER, false, MongoStore.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "MongoDB needs its driver: add the dependency org.mongodb:mongodb-driver-sync (missing: "
              + DRIVER
              + ")",
          e);
    }
    return new MongoStore(MongoConnection.open(options), options, clock);
  }

  /**
   * CloudServer's object documents as a metadata log, named {@code mongo-changes}. From the
   * beginning it gives what waits for replication, then what changes. Its statuses are those of
   * {@link #statuses()}, its deletes those of {@link #failedJobs()}.
   */
  public MetadataJournal journal() {
    return journal;
  }

  /** The statuses in the object documents. */
  public StatusStore statuses() {
    return statuses;
  }

  /** The ledger, in the own database. Its counts may be as old as the options allow. */
  public FailedJobStore failedJobs() {
    return ledger;
  }

  /** Records that could not be understood, in the own database. */
  public QuarantineStore quarantine() {
    return quarantine;
  }

  /** Positions of logs, in the own database. The last save wins, whoever made it. */
  public LogPositionStore positions() {
    return positions;
  }

  /** Open uploads in parts, in the own database. */
  public UploadStore uploads() {
    return uploads;
  }

  /** What happened lately to versions and locations, in the own database. */
  public TransitionStore transitions() {
    return transitions;
  }

  /** Bulk tasks, in the own database. */
  public BulkTaskStore bulkTasks() {
    return bulkTasks;
  }

  /**
   * States of the service {@code lifecycle} at locations, in CloudServer's collection {@code
   * __locationStatusStore}. Of the other services it has nothing, and refuses to store it.
   */
  public LocationStateStore lifecycleStates() {
    return lifecycleStates;
  }

  /**
   * Asks the primary for an answer.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if there is none
   */
  public void ping() {
    mongo
        .errors()
        .run(() -> mongo.metadata().runCommand(new BsonDocument("ping", new BsonInt32(1))));
  }

  /** Closes streams and connections; afterwards every call is NOT_RUNNING. Idempotent. */
  @Override
  public void close() {
    lifecycleStates.close();
    journal.close();
    mongo.close();
  }
}
