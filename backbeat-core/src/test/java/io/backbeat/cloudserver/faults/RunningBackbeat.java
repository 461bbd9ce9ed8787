package io.backbeat.cloudserver.faults;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerMetadata;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.StatusOptions;
import io.backbeat.cloudserver.backends.AbandonedUploads;
import io.backbeat.cloudserver.backends.CloudTransfers;
import io.backbeat.cloudserver.backends.MultipleBackendHandler;
import io.backbeat.cloudserver.backends.TransferOptions;
import io.backbeat.cloudserver.replicas.CloudServerReplicationHandler;
import io.backbeat.cloudserver.replicas.CopySettings;
import io.backbeat.cloudserver.replicas.ScalityDestination;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.log.MetadataSource;
import io.backbeat.status.StatusStore;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import io.backbeat.testing.DelegatingStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An engine as the bundled server puts it together, between two CloudServers. */
final class RunningBackbeat implements AutoCloseable {
  private static final RetryPolicy SOON =
      new RetryPolicy(4, Duration.ofMillis(20), Duration.ofMillis(100), 1.5, 0.1);

  /** So low that nobody has to wait for the upload of gigabytes. */
  static final int MULTIPART_FROM = 1 << 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CloudServerStatuses statuses;
  private final AbandonedUploads abandoned;
  final Stores stores;
  final BackbeatEngine engine;

  /** The CloudServers as this process sees them. */
  record Clients(CloudServer from, CloudServer statuses, CloudServer to) {
    static Clients of(ReplicatedServers servers) {
      return new Clients(servers.from, servers.statuses, servers.to);
    }
  }

  /** Not started. */
  RunningBackbeat(Clients clients, Stores stores, List<LocationName> locations, int parts) {
    this.stores = stores;
    this.statuses =
        new CloudServerStatuses(
            clients.statuses(), StatusOptions.DEFAULT.withWindow(Duration.ofMillis(20)));
    MetadataSource metadata = new CloudServerMetadata(clients.statuses());
    MultipleBackendHandler toClouds =
        new MultipleBackendHandler(
            role -> clients.from(),
            ReplicatedServers.CLOUDS,
            new CloudTransfers(
                stores.uploads(),
                TransferOptions.DEFAULT
                    .withMultipartThreshold(MULTIPART_FROM)
                    .withParts(parts, parts - 1),
                threads,
                Clock.systemUTC()),
            Clock.systemUTC());
    CloudServerReplicationHandler toServers =
        new CloudServerReplicationHandler(
            CloudServers.always(clients.from()),
            Map.of(
                ReplicatedServers.PARIS,
                ScalityDestination.of(
                    clients.to(), id -> new Accounts.Account("canonical-" + id, "Owner"))),
            stores.uploads(),
            threads,
            new CopySettings(parts, Duration.ofSeconds(60), Duration.ofSeconds(60)),
            Clock.systemUTC());
    this.engine =
        BackbeatEngine.builder(
                new DelegatingStores(stores) {
                  @Override
                  public StatusStore statuses() {
                    return statuses;
                  }

                  @Override
                  public MetadataSource metadata() {
                    return metadata;
                  }
                })
            .locations(locations)
            .replication(
                (job, context) ->
                    job.location().equals(ReplicatedServers.PARIS)
                        ? toServers.handle(job, context)
                        : toClouds.handle(job, context))
            .config(
                EngineConfig.DEFAULT
                    .withBreaker(Duration.ofMillis(30), Duration.ofMillis(100))
                    .withPendingCheck(Duration.ofMillis(400)))
            .retry(location -> SOON)
            .build();
    this.abandoned =
        new AbandonedUploads(
            stores.uploads(),
            stores.failedJobs(),
            role -> clients.from(),
            ReplicatedServers.CLOUDS,
            upload -> toServers.discard(upload, Clock.systemUTC().instant()),
            Duration.ZERO,
            Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1)));
  }

  /** Ends what no job goes on with, as the bundled server does now and then. */
  void sweep() {
    try {
      abandoned.sweep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  void close(Duration drain) {
    engine.close(drain);
    statuses.close();
    threads.shutdownNow();
  }
}
