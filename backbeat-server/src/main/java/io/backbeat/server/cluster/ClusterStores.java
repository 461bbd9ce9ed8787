package io.backbeat.server.cluster;

import io.backbeat.api.ServiceName;
import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.health.HealthProbe;
import io.backbeat.kafka.KafkaJobQueue;
import io.backbeat.kafka.OplogPositions;
import io.backbeat.kafka.OplogTopic;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataSource;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.redis.LocationCommands;
import io.backbeat.replication.UploadStore;
import io.backbeat.server.cloudserver.ObjectServers;
import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.LogSource;
import io.backbeat.server.config.PopulatorConfig;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TransitionStore;
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.workflow.WorkflowStateStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every port on the services of a cluster, each where the original keeps it. Thread-safe; several
 * processes share the same services. What is durable when, is said by the adapters.
 */
final class ClusterStores implements Stores {
  private static final String POPULATOR = "populator";

  private final ClusterServices services;
  private final Optional<CloudServerStatuses> written;
  private final Optional<MetadataSource> read;
  private final MetadataJournal journal;
  private final LogPositionStore positions;
  private final KafkaJobQueue queue;
  private final LocationCommands commands;
  private final LocationStateStore locationStates;
  private final Leadership leadership;

  /**
   * Puts the adapters together.
   *
   * @param services stays the caller's to close
   * @param writer who reads and writes metadata for us; empty if we do it in MongoDB ourselves
   * @param processName tells this process from others in elections
   */
  ClusterStores(
      ClusterServices services,
      ClusterConfig config,
      Optional<ObjectServers> writer,
      String processName,
      Clock clock) {
    this.services = services;
    this.written = writer.map(server -> server.statuses(services.mongo().journal()));
    this.read = writer.map(server -> server.metadata(services.mongo().journal()));
    this.queue = KafkaJobQueue.on(services.kafka(), services.topics(), clock);
    // Deployments that share a Redis must not pause each other, so channels have the prefix too.
    String prefix = config.redis().keyPrefix();
    this.commands =
        services
            .redis()
            .commands(
                Map.of(
                    ServiceName.REPLICATION, prefix + config.topics().replication(),
                    ServiceName.INGESTION, prefix + config.topics().ingestion()));
    this.locationStates =
        new AnnouncingLocationStates(
            new ServiceLocationStates(
                services.zookeeper().locationStates(), services.mongo().lifecycleStates()),
            commands);
    Optional<LogSource> source = config.populator().map(PopulatorConfig::source);
    if (source.isPresent() && source.get() instanceof LogSource.Oplog oplog) {
      OplogTopic topic = new OplogTopic(services.kafka(), oplog.topic(), oplog.groupId(), clock);
      this.journal = new OplogJournal(topic, services.mongo().journal());
      this.positions = new OplogPositions(topic);
      // The group deals the partitions of the topic to all populators.
      Leadership elected = services.zookeeper().leadership(processName);
      this.leadership = task -> task.equals(POPULATOR) || elected.leads(task);
    } else {
      this.journal = services.mongo().journal();
      this.positions =
          config
              .populator()
              .map(populator -> services.zookeeper().positions(populator.zookeeperPath()))
              .orElseGet(services.zookeeper()::positions);
      this.leadership = services.zookeeper().leadership(processName);
    }
  }

  /** The channels of pause and resume. */
  LocationCommands commands() {
    return commands;
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
    return services.mongo().quarantine();
  }

  @Override
  public JobQueue queue() {
    return queue;
  }

  @Override
  public StatusStore statuses() {
    return written.<StatusStore>map(store -> store).orElseGet(services.mongo()::statuses);
  }

  @Override
  public MetadataSource metadata() {
    return read.orElse(journal);
  }

  @Override
  public FailedJobStore failedJobs() {
    return services.mongo().failedJobs();
  }

  @Override
  public TransitionStore transitions() {
    return services.mongo().transitions();
  }

  @Override
  public CounterStore counters() {
    return services.redis().counters();
  }

  @Override
  public LocationStateStore locationStates() {
    return locationStates;
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return services.zookeeper().workflowStates();
  }

  @Override
  public UploadStore uploads() {
    return services.mongo().uploads();
  }

  @Override
  public BulkTaskStore bulkTasks() {
    return services.mongo().bulkTasks();
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public List<HealthProbe> probes() {
    return services.probes();
  }

  /** Ends reads that wait. The services stay open. Idempotent. */
  @Override
  public void close() {
    journal.close();
    queue.close();
    written.ifPresent(CloudServerStatuses::close);
  }
}
