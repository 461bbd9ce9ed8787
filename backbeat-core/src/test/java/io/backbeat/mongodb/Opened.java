package io.backbeat.mongodb;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.QuarantineStore;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.store.Stores;
import io.backbeat.testing.MongoReplica;
import io.backbeat.workflow.WorkflowStateStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stores on fresh databases, closed after each test. */
final class Opened implements AfterEachCallback {
  private final List<MongoStore> open = new ArrayList<>();
  private String metadata = "";
  private String own = "";

  /** Empty stores. */
  MongoStore fresh() {
    metadata = MongoReplica.shared().freshDatabase("metadata");
    own = MongoReplica.shared().freshDatabase("backbeat");
    return again();
  }

  /** The stores of another process on the same databases. */
  MongoStore again() {
    return again(Clock.systemUTC());
  }

  MongoStore again(Clock clock) {
    MongoStore store = MongoStore.open(options(), clock);
    open.add(store);
    return store;
  }

  MongoOptions options() {
    return MongoOptions.of(MongoReplica.shared().uri())
        .withDatabases(metadata, own)
        .withCountsAge(Duration.ZERO);
  }

  String metadataDatabase() {
    return metadata;
  }

  /** What CloudServer sees. */
  CloudServerDocuments documents() {
    return new CloudServerDocuments(MongoReplica.shared().client().getDatabase(metadata));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    open.forEach(MongoStore::close);
    open.clear();
  }

  /** The position behind an empty listing. */
  static LogPosition end(MetadataJournal empty) {
    return empty.read(LogPosition.BEGINNING, 1, Duration.ZERO).next();
  }

  /** The store as part of a bundle whose other ports are in memory. */
  static Stores bundle(MongoStore store) {
    InMemoryStores rest = new InMemoryStores();
    return new Stores() {
      @Override
      public MetadataJournal journal() {
        return store.journal();
      }

      @Override
      public LogPositionStore positions() {
        return store.positions();
      }

      @Override
      public QuarantineStore quarantine() {
        return store.quarantine();
      }

      @Override
      public JobQueue queue() {
        return rest.queue();
      }

      @Override
      public StatusStore statuses() {
        return store.statuses();
      }

      @Override
      public FailedJobStore failedJobs() {
        return store.failedJobs();
      }

      @Override
      public CounterStore counters() {
        return rest.counters();
      }

      @Override
      public LocationStateStore locationStates() {
        return rest.locationStates();
      }

      @Override
      public WorkflowStateStore workflowStates() {
        return rest.workflowStates();
      }

      @Override
      public UploadStore uploads() {
        return store.uploads();
      }

      @Override
      public BulkTaskStore bulkTasks() {
        return store.bulkTasks();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
