package io.backbeat.examples.cloudserver;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerMetadata;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.cloudserver.MetadataClients;
import io.backbeat.cloudserver.StatusOptions;
import io.backbeat.health.HealthProbe;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaJobQueue;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataSource;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.mongodb.MongoStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.redis.RedisStore;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import io.backbeat.zookeeper.ZooKeeperStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Each port of the engine on the service that has it. The adapters stay the caller's to close. */
final class ServiceStores implements Stores {
  private final MongoStore mongo;
  private final RedisStore redis;
  private final ZooKeeperStore zookeeper;
  private final KafkaJobQueue queue;
  private final MetadataJournal journal;
  private final CloudServerStatuses statuses;
  private final CloudServerMetadata metadata;
  private final Leadership leadership;

  // begin: stores
  ServiceStores(
      KafkaConnection kafka,
      MongoStore mongo,
      RedisStore redis,
      ZooKeeperStore zookeeper,
      CloudServer cloudServer) {
    this.mongo = mongo;
    this.redis = redis;
    this.zookeeper = zookeeper;
    // What clients write to CloudServer, read from its database.
    this.journal = mongo.journal();
    this.queue = KafkaJobQueue.on(kafka, ReplicationTopics.DEFAULT, Clock.systemUTC());
    // Statuses are written by CloudServer, and checked in its database right before.
    this.statuses =
        new CloudServerStatuses(
            MetadataClients.all(cloudServer), StatusOptions.DEFAULT, Optional.of(journal));
    this.metadata = new CloudServerMetadata(cloudServer);
    this.leadership =
        zookeeper.leadership("pipeline-" + ProcessHandle.current().pid()); // unique per process
  }

  // end: stores

  @Override
  public MetadataJournal journal() {
    return journal;
  }

  @Override
  public MetadataSource metadata() {
    return metadata;
  }

  @Override
  public LogPositionStore positions() {
    return zookeeper.positions();
  }

  @Override
  public QuarantineStore quarantine() {
    return mongo.quarantine();
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
    return mongo.failedJobs();
  }

  @Override
  public TransitionStore transitions() {
    return mongo.transitions();
  }

  @Override
  public CounterStore counters() {
    return redis.counters();
  }

  @Override
  public LocationStateStore locationStates() {
    return zookeeper.locationStates();
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return zookeeper.workflowStates();
  }

  @Override
  public UploadStore uploads() {
    return mongo.uploads();
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return mongo.bulkTasks();
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public List<HealthProbe> probes() {
    return List.of(
        HealthProbe.answering("redis", redis::ping),
        HealthProbe.answering("mongodb", mongo::ping),
        HealthProbe.answering("zookeeper", zookeeper::ping));
  }

  @Override
  public void close() {
    journal.close();
    queue.close();
    statuses.close();
  }
}
