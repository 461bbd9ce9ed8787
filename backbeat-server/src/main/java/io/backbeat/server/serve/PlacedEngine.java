package io.backbeat.server.serve;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.s3.S3BucketConfiguration;
import io.backbeat.server.config.Profile;
import io.backbeat.server.config.ReplicationConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.config.SourceConfig;
import io.backbeat.server.config.WorkflowsConfig;
import io.backbeat.server.place.LocationTarget;
import io.backbeat.server.place.Paths;
import io.backbeat.server.place.PlaceBinding;
import io.backbeat.server.place.Places;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.workflow.BucketConfiguration;
import io.backbeat.workflow.NoObjectServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine on the stores of a profile, with the places of a configuration: a directory that is
 * watched, and where copies go. For one thread.
 */
final class PlacedEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlacedEngine.class);
  private static final String BINDING = "places.properties";

  private final ServerConfig config;
  private final Closing closing;
  private final OpenedStores opened;
  private final BackbeatEngine engine;
  private final Optional<DirectoryWatcher> watcher;

  private PlacedEngine(
      ServerConfig config,
      Closing closing,
      OpenedStores opened,
      BackbeatEngine engine,
      Optional<DirectoryWatcher> watcher) {
    this.config = config;
    this.closing = closing;
    this.opened = opened;
    this.engine = engine;
    this.watcher = watcher;
  }

  /**
   * Opens stores and places, and builds the engine; nothing runs yet.
   *
   * @throws io.backbeat.server.place.PlaceException if a place cannot be used
   */
  static PlacedEngine open(ServerConfig config, Function<ServerConfig, OpenedStores> profile) {
    Closing closing = new Closing();
    try {
      return open(config, profile, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static PlacedEngine open(
      ServerConfig config, Function<ServerConfig, OpenedStores> profile, Closing closing) {
    ReplicationConfig replication = config.replication();
    Places places = places(config);
    OpenedStores opened = profile.apply(config);
    closing.add(opened::close);
    if (config.profile() == Profile.EMBEDDED || hasAny(places)) {
      bind(places);
    }
    BackbeatEngine.Builder builder =
        BackbeatEngine.builder(opened.stores())
            .locations(replication.locations())
            .locations(ServiceName.INGESTION, config.ingestion())
            .locations(ServiceName.LIFECYCLE, config.lifecycle())
            .roles(EngineRoles.of(config.roles()))
            .config(config.engine())
            .history(config.history())
            .replication(handler(places, opened, closing))
            .coldSources(replication.coldSources())
            .meters(PrometheusMeters.create())
            .bucketConfiguration(buckets(config, closing));
    BackbeatEngine engine = opened.prepare(builder).build();
    closing.add(() -> engine.close(config.drain()));
    closing.add(opened::stop);
    Optional<DirectoryWatcher> watcher =
        watching(config).map(source -> watcher(source, replication, places, opened.stores()));
    watcher.ifPresent(w -> closing.add(w::close));
    return new PlacedEngine(config, closing, opened, engine, watcher);
  }

  /** A process that neither reads nor writes objects needs none of them. */
  private static Places places(ServerConfig config) {
    boolean copies = config.roles().contains(ServerRole.PROCESSOR);
    boolean watches = config.roles().contains(ServerRole.POPULATOR);
    return Places.resolve(
        copies || watches
            ? config.replication().source().map(SourceConfig::directory)
            : Optional.empty(),
        copies || watches ? config.replication().targets() : List.of(),
        config.dataDirectory());
  }

  private static boolean hasAny(Places places) {
    return places.source().isPresent() || !places.targets().isEmpty();
  }

  private static Optional<SourceConfig> watching(ServerConfig config) {
    return config.roles().contains(ServerRole.POPULATOR)
        ? config.replication().source()
        : Optional.empty();
  }

  BackbeatEngine engine() {
    return engine;
  }

  /** Where the stores are, for the operator. */
  String place() {
    return opened.place();
  }

  void start() {
    engine.start();
    opened.start(engine);
    watcher.ifPresent(
        w -> w.start(config.replication().source().orElseThrow().scanInterval(), pass -> {}));
    if (!config.roles().contains(ServerRole.PROCESSOR)) {
      return;
    }
    for (LocationName name : config.replication().withoutTarget()) {
      if (opened.handlers().containsKey(name)) {
        continue;
      }
      LOG.warn(
          "location {} has no place for its copies: its jobs wait. Give one in"
              + " backbeat.replication.locations",
          name);
    }
  }

  /** Stops watching, drains the engine, closes the places and the stores. */
  @Override
  public void close() {
    closing.close();
  }

  /**
   * Makes the directory of a location that is new. One that was there before and is missing now may
   * be a volume that is not mounted, and is waited for.
   */
  private static void bind(Places places) {
    Paths.create("the data directory", places.dataDirectory());
    Path file = places.dataDirectory().resolve(BINDING);
    Set<LocationName> fresh =
        new PlaceBinding(
                file,
                "give another data directory; or, if everything was moved there, change the line in "
                    + file)
            .bind(places);
    for (LocationTarget target : places.targets()) {
      if (fresh.contains(target.name()) && target instanceof LocationTarget.Directory directory) {
        Paths.create("the place of " + directory.name(), directory.path());
      }
    }
  }

  private static JobHandler handler(Places places, OpenedStores opened, Closing closing) {
    Map<LocationName, JobHandler> handlers = new HashMap<>(opened.handlers());
    if (places.source().isPresent()) {
      ObjectStore source = DirectoryStore.open(places.source().get());
      closing.add(source::close);
      Map<LocationName, ObjectStore> destinations = new HashMap<>();
      for (LocationTarget target : places.targets()) {
        ObjectStore destination = target.open();
        closing.add(destination::close);
        destinations.put(target.name(), destination);
      }
      JobHandler toPlaces = new ReplicationHandler(source, destinations);
      destinations.keySet().forEach(name -> handlers.put(name, toPlaces));
    }
    return new RoutedHandler(handlers);
  }

  private static BucketConfiguration buckets(ServerConfig config, Closing closing) {
    if (config.workflows().isEmpty()) {
      return new NoObjectServer("give one in backbeat.workflows");
    }
    WorkflowsConfig servers = config.workflows().get();
    S3BucketConfiguration buckets =
        S3BucketConfiguration.open(servers.replication(), servers.lifecycle());
    closing.add(buckets::close);
    return buckets;
  }

  private static DirectoryWatcher watcher(
      SourceConfig source, ReplicationConfig replication, Places places, Stores stores) {
    return new DirectoryWatcher(
        WatchedDirectory.of(
                places.source().orElseThrow(),
                source.bucket(),
                source.name(),
                replication.locations())
            .excluding(places.foreign()),
        stores.journal(),
        Clock.systemUTC());
  }
}
