package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.cloudserver.backends.CopyFailureNotices;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.job.JobType;
import io.backbeat.kafka.FailedPublisher;
import io.backbeat.kafka.ReplayBudget;
import io.backbeat.kafka.ResultPublisher;
import io.backbeat.kafka.StatusPublisher;
import io.backbeat.replication.CopyResults;
import io.backbeat.server.cloudserver.ObjectServers;
import io.backbeat.server.cloudserver.UploadSweep;
import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.ObjectServerConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.server.profile.ProfileException;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster profile: the stores on the services, and the readers of topics that the roles of the
 * process need. For one thread.
 */
public final class ClusterProfile implements OpenedStores {
  private final ServerConfig config;
  private final ClusterConfig cluster;
  private final ClusterServices services;
  private final ClusterStores stores;
  private final Optional<ObjectServers> servers;
  private final Map<LocationName, JobHandler> handlers;
  private final FailureView view;
  private final ReplayBudget budget;
  private final ReaderHealth health;
  private Optional<ClusterReaders> readers = Optional.empty();
  private Optional<UploadSweep> sweep = Optional.empty();

  private ClusterProfile(
      ServerConfig config,
      ClusterConfig cluster,
      ClusterServices services,
      ClusterStores stores,
      Optional<ObjectServers> servers) {
    this.config = config;
    this.cluster = cluster;
    this.services = services;
    this.stores = stores;
    this.servers = servers;
    this.handlers = servers.map(ObjectServers::replication).orElse(Map.of());
    this.health = new ReaderHealth(config.engine().stuckAfter(), Clock.systemUTC());
    this.view = new FailureView(services.redis().failedIndex());
    this.budget =
        ReplayBudget.of(
            services.topics().replay(), cluster.processing().retryOf(anyLocation(config)));
  }

  /**
   * Opens the adapters of the services of a configuration. Does not wait for the services: what
   * needs one that is away says so, and works when it is there.
   *
   * @throws ProfileException if the configuration has no cluster
   */
  public static ClusterProfile open(ServerConfig config) {
    return open(config, Clock.systemUTC());
  }

  static ClusterProfile open(ServerConfig config, Clock clock) {
    ClusterConfig cluster =
        config
            .cluster()
            .orElseThrow(() -> new ProfileException("the configuration is not of a cluster"));
    ClusterServices services = ClusterServices.open(cluster, clock);
    String processName = ManagementFactory.getRuntimeMXBean().getName();
    Optional<ObjectServers> servers = objectServers(config, services, clock);
    try {
      ClusterStores stores =
          new ClusterStores(services, cluster, written(config, servers), processName, clock);
      return new ClusterProfile(config, cluster, services, stores, servers);
    } catch (RuntimeException e) {
      servers.ifPresent(ObjectServers::close);
      services.close();
      throw e;
    }
  }

  private static Optional<ObjectServers> objectServers(
      ServerConfig config, ClusterServices services, Clock clock) {
    try {
      return config
          .objectServer()
          .map(server -> ObjectServers.open(server, services.mongo().uploads(), clock));
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /** The CloudServer that writes statuses, if it is not us. */
  private static Optional<ObjectServers> written(
      ServerConfig config, Optional<ObjectServers> servers) {
    return servers.filter(
        known ->
            config.objectServer().orElseThrow().statuses()
                == ObjectServerConfig.StatusWriter.CLOUDSERVER);
  }

  private static LocationName anyLocation(ServerConfig config) {
    List<LocationName> locations = config.replication().locations();
    return locations.isEmpty() ? LocationName.of("none") : locations.get(0);
  }

  @Override
  public Stores stores() {
    return stores;
  }

  @Override
  public String place() {
    return "Kafka at "
        + cluster.kafka().hosts()
        + ", ZooKeeper at "
        + cluster.zookeeper().connectionString()
        + ", roles "
        + ServerRole.text(config.roles());
  }

  @Override
  public BackbeatEngine.Builder prepare(BackbeatEngine.Builder builder) {
    Set<ServerRole> roles = config.roles();
    builder.listener(view).retry(cluster.processing()::retryOf);
    if (cluster.processing().monitorFailures()) {
      builder.failureNotices(
          new FailedPublisher(services.kafka(), services.topics(), cluster.testNames()));
    }
    if (roles.contains(ServerRole.PROCESSOR) && !roles.contains(ServerRole.STATUS)) {
      builder.settler(
          direct -> new StatusPublisher(services.kafka(), services.topics(), budget, direct));
    }
    servers.ifPresent(known -> prepare(builder, known));
    ClusterReaders.names(config, services.topics())
        .forEach(name -> builder.probe(health.probe(name)));
    return builder;
  }

  private void prepare(BackbeatEngine.Builder builder, ObjectServers known) {
    builder
        .garbageCollection(config.replication().transientSources(), known.collector())
        .rolesInRetries(known.tellsRoles());
    known.probe().ifPresent(builder::probe);
    List<LocationName> targets = known.transitionTargets();
    if (!targets.isEmpty()) {
      CopyResults results = new ResultPublisher(services.kafka());
      builder.jobType(
          JobType.COPY_LOCATION, targets, known.copies(results), new CopyFailureNotices(results));
    }
  }

  @Override
  public Map<LocationName, JobHandler> handlers() {
    return handlers;
  }

  @Override
  public void start(BackbeatEngine engine) {
    view.start();
    ClusterReaders started =
        new ClusterReaders(
            config, cluster, services, stores, view, budget, health, Clock.systemUTC());
    readers = Optional.of(started);
    started.start(engine);
    if (config.roles().contains(ServerRole.PROCESSOR)) {
      sweep = servers.map(known -> UploadSweep.start(known.abandoned(stores.failedJobs())));
    }
  }

  @Override
  public void stop() {
    sweep.ifPresent(UploadSweep::close);
    readers.ifPresent(ClusterReaders::close);
    readers = Optional.empty();
  }

  @Override
  public Optional<FailureIndex> failureIndex() {
    return Optional.of(
        new LedgerFailureIndex(
            stores.failedJobs(),
            services.redis(),
            ClusterReaders.notices(stores, Clock.systemUTC())));
  }

  @Override
  public void close() {
    stop();
    view.close();
    stores.close();
    servers.ifPresent(ObjectServers::close);
    services.close();
  }

  /** Whether the locations of a service can be commanded over channels. */
  static List<ServiceName> commanded() {
    return List.of(ServiceName.REPLICATION, ServiceName.INGESTION);
  }
}
