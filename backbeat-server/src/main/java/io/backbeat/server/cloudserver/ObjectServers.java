package io.backbeat.server.cloudserver;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServerMetadata;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.cloudserver.MetadataClients;
import io.backbeat.cloudserver.StatusOptions;
import io.backbeat.cloudserver.backends.AbandonedUploads;
import io.backbeat.cloudserver.backends.CloudTransfers;
import io.backbeat.cloudserver.backends.CopyLocationHandler;
import io.backbeat.cloudserver.backends.MultipleBackendHandler;
import io.backbeat.cloudserver.backends.TransferOptions;
import io.backbeat.cloudserver.gc.CloudServerGarbageCollector;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.cloudserver.http.SignatureVersion;
import io.backbeat.cloudserver.replicas.CloudServerReplicationHandler;
import io.backbeat.cloudserver.replicas.CopySettings;
import io.backbeat.cloudserver.replicas.ScalityDestination;
import io.backbeat.health.HealthProbe;
import io.backbeat.log.MetadataSource;
import io.backbeat.replication.CopyResults;
import io.backbeat.replication.UploadStore;
import io.backbeat.server.config.ObjectServerConfig;
import io.backbeat.server.config.ServerAddress;
import io.backbeat.server.config.ServerAuth;
import io.backbeat.server.config.SiteTarget;
import io.backbeat.status.FailedJobStore;
import io.backbeat.task.JobHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The CloudServers of a configuration: the one whose objects are replicated, and those they are
 * replicated to. Handlers and stores on them share their connections. Thread-safe.
 */
public final class ObjectServers implements AutoCloseable {
  /** Threads that move parts, beside those of the jobs, for all objects together. */
  private static final int PARTS_IN_ALL = 32;

  private final ObjectServerConfig config;
  private final UploadStore uploads;
  private final Clock clock;
  private final SignedServer source;
  private final SignedServer collecting;
  private final Map<LocationName, SignedServer> destinations = new HashMap<>();
  private final ExecutorService parts = Executors.newCachedThreadPool(ObjectServers::thread);
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final Optional<CloudServerReplicationHandler> toServers;
  private final CloudTransfers transfers;

  private ObjectServers(ObjectServerConfig config, UploadStore uploads, Clock clock) {
    this.config = config;
    this.uploads = uploads;
    this.clock = clock;
    CloudServerOptions at =
        options(
            List.of(new HostAddress(config.source().getHost(), config.source().getPort())),
            config.source().getScheme().equals("https"));
    this.source = opened(at, config.sourceAuth(), "replication");
    this.collecting =
        config.gcAuth().equals(config.sourceAuth()) ? source : opened(at, config.gcAuth(), "gc");
    config
        .sites()
        .forEach(
            (site, target) -> {
              if (target instanceof SiteTarget.Servers servers
                  && config.destinationAuth().isPresent()) {
                destinations.put(
                    site, destination(servers.servers(), config.destinationAuth().get()));
              }
            });
    this.toServers = toServers();
    this.transfers = transfers();
  }

  /**
   * Opens clients; none connects yet.
   *
   * @param uploads where large copies remember how far they are
   * @throws io.backbeat.server.profile.ProfileException if keys cannot be read
   */
  public static ObjectServers open(ObjectServerConfig config, UploadStore uploads, Clock clock) {
    return new ObjectServers(config, uploads, clock);
  }

  private SignedServer destination(List<ServerAddress> servers, ServerAuth auth) {
    List<HostAddress> hosts =
        servers.stream().map(at -> new HostAddress(at.host(), at.port())).toList();
    return opened(options(hosts, config.secureDestinations()), auth, "replication");
  }

  private SignedServer opened(CloudServerOptions options, ServerAuth auth, String extension) {
    SignedServer server = SignedServer.open(options, auth, extension);
    closing.add(server);
    return server;
  }

  private CloudServerOptions options(List<HostAddress> hosts, boolean tls) {
    CloudServerOptions options = CloudServerOptions.of(hosts, SignedServer.NOBODY).withClock(clock);
    CloudServerOptions signed =
        config.signatureV2() ? options.withSignature(SignatureVersion.V2) : options;
    return tls ? signed.withTls(Optional.empty()) : signed;
  }

  /** Who brings objects to the sites that CloudServers take part in. */
  public Map<LocationName, JobHandler> replication() {
    Map<LocationName, JobHandler> handlers = new HashMap<>();
    Map<LocationName, Backend> clouds = clouds();
    if (!clouds.isEmpty()) {
      JobHandler toClouds = new MultipleBackendHandler(source.byRole(), clouds, transfers, clock);
      clouds.keySet().forEach(site -> handlers.put(site, toClouds));
    }
    toServers.ifPresent(
        handler -> destinations.keySet().forEach(site -> handlers.put(site, handler)));
    return handlers;
  }

  private Optional<CloudServerReplicationHandler> toServers() {
    if (destinations.isEmpty()) {
      return Optional.empty();
    }
    Map<LocationName, ScalityDestination> servers = new HashMap<>();
    destinations.forEach(
        (site, server) ->
            servers.put(site, new ScalityDestination(server.byRole(), server.accounts())));
    CopySettings usual = CopySettings.DEFAULT;
    return Optional.of(
        new CloudServerReplicationHandler(
            source.byRole(),
            servers,
            uploads,
            parts,
            new CopySettings(
                config.uploads().concurrency(), usual.configurationAge(), usual.accountAge()),
            clock));
  }

  /** The clouds that lifecycle's transitions can copy to. */
  public List<LocationName> transitionTargets() {
    return List.copyOf(clouds().keySet());
  }

  /** Who copies data to another location, for a transition. */
  public JobHandler copies(CopyResults results) {
    return new CopyLocationHandler(source.byRole(), clouds(), transfers, results);
  }

  /** Who deletes data that is not needed any more. */
  public JobHandler collector() {
    return collecting
        .accountIds()
        .map(
            vault ->
                CloudServerGarbageCollector.on(collecting.byAccount(), vault::accountId, clock))
        .orElseGet(() -> CloudServerGarbageCollector.on(collecting.own()));
  }

  /**
   * Statuses in the metadata of the source.
   *
   * @param known where metadata is looked up right before it is written, and to know in which role
   *     CloudServer is asked
   */
  public CloudServerStatuses statuses(MetadataSource known) {
    return new CloudServerStatuses(
        clients(known), StatusOptions.DEFAULT.withWindow(config.coalescing()), Optional.of(known));
  }

  /**
   * Current metadata of the source.
   *
   * @param known where it is looked up in which role CloudServer is asked
   */
  public MetadataSource metadata(MetadataSource known) {
    return new CloudServerMetadata(clients(known));
  }

  /** Whether answers to retries name the role in which they are made. */
  public boolean tellsRoles() {
    return config.sourceAuth() instanceof ServerAuth.Role;
  }

  /** Whether the role of an object's replication tells in whose name CloudServer is asked. */
  public boolean actsInRoles() {
    return tellsRoles() || config.sourceAuth() instanceof ServerAuth.AssumedRole;
  }

  /**
   * Whether the source answers, and takes our signature. If not, jobs wait and statuses too, but no
   * start of this process anew would help: restricted, not failing.
   *
   * @return empty if there is no account that it could be asked with
   */
  public Optional<HealthProbe> probe() {
    return actsInRoles() ? Optional.empty() : Optional.of(SourceHealth.of(source.own()));
  }

  private MetadataClients clients(MetadataSource known) {
    return actsInRoles()
        ? new RoleClients(source.byRole(), known)
        : MetadataClients.all(source.own());
  }

  /** Ends what copies have begun and no job goes on with. */
  public AbandonedUploads abandoned(FailedJobStore ledger) {
    return new AbandonedUploads(
        uploads,
        ledger,
        source.byRole(),
        clouds(),
        upload -> toServers.filter(handler -> handler.discard(upload, clock.instant())).isPresent(),
        AbandonedUploads.USUAL_REST,
        clock);
  }

  private CloudTransfers transfers() {
    TransferOptions options =
        TransferOptions.DEFAULT
            .withMultipartThreshold(config.uploads().threshold())
            .withParts(config.uploads().concurrency(), PARTS_IN_ALL);
    return new CloudTransfers(uploads, options, parts, clock);
  }

  private Map<LocationName, Backend> clouds() {
    Map<LocationName, Backend> clouds = new HashMap<>();
    config
        .sites()
        .forEach(
            (site, target) -> {
              if (target instanceof SiteTarget.Cloud cloud) {
                clouds.put(site, new Backend(site, cloud.type()));
              }
            });
    return clouds;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "backbeat-parts");
    thread.setDaemon(true);
    return thread;
  }

  /** Releases connections and threads; after the engine. Idempotent. */
  @Override
  public void close() {
    parts.shutdownNow();
    List<AutoCloseable> open = new ArrayList<>(closing);
    Collections.reverse(open);
    closing.clear();
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing " + each + " failed", e);
      }
    }
  }
}
