package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.kafka.FailedNotices;
import io.backbeat.kafka.FailedReader;
import io.backbeat.kafka.MetricsConsumer;
import io.backbeat.kafka.ReplayBudget;
import io.backbeat.kafka.ReplayReader;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.kafka.StatusReader;
import io.backbeat.kafka.TopicReader;
import io.backbeat.populator.JournalJobs;
import io.backbeat.redis.Subscription;
import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.ObjectServerConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What works beside the engine: readers of the topics that the roles of the process are for, and
 * the subscription to commands. For one thread.
 */
final class ClusterReaders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterReaders.class);

  private static final List<ServiceName> COUNTED =
      List.of(ServiceName.REPLICATION, ServiceName.INGESTION);

  private final ServerConfig config;
  private final ClusterConfig cluster;
  private final ClusterServices services;
  private final ClusterStores stores;
  private final FailureView view;
  private final ReplayBudget budget;
  private final ReaderHealth health;
  private final Clock clock;
  private final List<TopicReader<?>> readers = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  ClusterReaders(
      ServerConfig config,
      ClusterConfig cluster,
      ClusterServices services,
      ClusterStores stores,
      FailureView view,
      ReplayBudget budget,
      ReaderHealth health,
      Clock clock) {
    this.config = config;
    this.cluster = cluster;
    this.services = services;
    this.stores = stores;
    this.view = view;
    this.budget = budget;
    this.health = health;
    this.clock = clock;
  }

  /** Takes failures that others noticed into the ledger. */
  static FailedNotices notices(Stores stores, Clock clock) {
    return new FailedNotices(
        stores.failedJobs(), stores.statuses(), new JournalJobs(stores.metadata(), clock));
  }

  /** What the readers of a process will be called, before there are any. */
  static List<String> names(ServerConfig config, ReplicationTopics topics) {
    Set<ServerRole> roles = config.roles();
    List<String> names = new ArrayList<>();
    if (roles.contains(ServerRole.STATUS)) {
      names.add(StatusReader.NAME);
    }
    if (roles.contains(ServerRole.POPULATOR)) {
      names.add(FailedReader.NAME);
    }
    if (roles.contains(ServerRole.PROCESSOR) && !topics.replay().names().isEmpty()) {
      config.replication().locations().forEach(l -> names.add(ReplayReader.name(l)));
    }
    if (roles.contains(ServerRole.METRICS)) {
      COUNTED.forEach(service -> names.add(MetricsConsumer.name(service)));
    }
    return names;
  }

  void start(BackbeatEngine engine) {
    Set<ServerRole> roles = config.roles();
    if (roles.contains(ServerRole.STATUS)) {
      readers.add(statuses(engine));
    }
    if (roles.contains(ServerRole.POPULATOR)) {
      readers.add(failures(engine));
    }
    if (roles.contains(ServerRole.PROCESSOR)) {
      replays();
    }
    if (roles.contains(ServerRole.METRICS)) {
      COUNTED.forEach(service -> readers.add(metrics(service)));
    }
    readers.forEach(TopicReader::start);
    readers.forEach(health::watch);
    if (roles.contains(ServerRole.PROCESSOR)) {
      subscribe(engine);
    }
  }

  private TopicReader<?> statuses(BackbeatEngine engine) {
    return StatusReader.create(
        services.kafka(),
        services.topics(),
        budget,
        gather(),
        engine.statusSettler(),
        stores.statuses(),
        stores.failedJobs(),
        engine::tell,
        stores.quarantine(),
        clock);
  }

  /** Where each status is a request, those of one version are worth waiting for. */
  private Duration gather() {
    return config
        .objectServer()
        .filter(server -> server.statuses() == ObjectServerConfig.StatusWriter.CLOUDSERVER)
        .map(ObjectServerConfig::coalescing)
        .orElse(Duration.ZERO);
  }

  /** Into the ledger first, which is the truth and does not wait for Redis. */
  private TopicReader<?> failures(BackbeatEngine engine) {
    FailedNotices notices =
        new FailedNotices(stores.failedJobs(), stores.statuses(), engine.jobSource());
    return FailedReader.create(
        services.kafka(),
        services.topics(),
        cluster.groups().failed(),
        failed -> {
          notices.accept(failed);
          view.accept(failed);
        },
        stores.quarantine(),
        clock);
  }

  private void replays() {
    if (services.topics().replay().names().isEmpty()) {
      return;
    }
    for (LocationName location : config.replication().locations()) {
      readers.add(
          ReplayReader.create(
              services.kafka(),
              services.topics(),
              location,
              budget,
              stores.failedJobs(),
              stores.statuses(),
              cluster.processing().retryOf(location),
              RandomGenerator.getDefault(),
              stores.quarantine(),
              clock));
    }
  }

  private TopicReader<?> metrics(ServiceName service) {
    return MetricsConsumer.create(
        services.kafka(),
        services.topics(),
        cluster.groups().metricsPrefix(),
        service,
        services.redis().countedSources(),
        stores.quarantine(),
        clock);
  }

  private void subscribe(BackbeatEngine engine) {
    ForeignCommands commands = new ForeignCommands(engine.operations().locations());
    for (ServiceName service : ClusterProfile.commanded()) {
      subscriptions.add(stores.commands().subscribeAll(service, commands));
    }
  }

  /**
   * Stops hearing and reading, everything at once, because each may have to wait for a service that
   * is away; what is under way is finished. Idempotent.
   */
  @Override
  public void close() {
    List<Thread> closing =
        Stream.<AutoCloseable>concat(subscriptions.stream(), readers.stream())
            .map(open -> new Thread(() -> end(open), "backbeat-closing"))
            .toList();
    subscriptions.clear();
    readers.clear();
    closing.forEach(Thread::start);
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) { // what remains ends with the process
      LOG.warn("cannot stop {} in good order", open, e);
    }
  }
}
