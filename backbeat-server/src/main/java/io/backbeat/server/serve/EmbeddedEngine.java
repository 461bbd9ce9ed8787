package io.backbeat.server.serve;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.s3.S3BucketConfiguration;
import io.backbeat.server.config.ReplicationConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.SourceConfig;
import io.backbeat.server.config.WorkflowsConfig;
import io.backbeat.server.place.LocationTarget;
import io.backbeat.server.place.Paths;
import io.backbeat.server.place.PlaceBinding;
import io.backbeat.server.place.Places;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.workflow.BucketConfiguration;
import io.backbeat.workflow.NoObjectServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine on the local store with the places of a configuration. For one thread. */
final class EmbeddedEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);
  private static final String BINDING = "places.properties";

  private final ServerConfig config;
  private final Closing closing;
  private final BackbeatEngine engine;
  private final Optional<DirectoryWatcher> watcher;

  private EmbeddedEngine(
      ServerConfig config,
      Closing closing,
      BackbeatEngine engine,
      Optional<DirectoryWatcher> watcher) {
    this.config = config;
    this.closing = closing;
    this.engine = engine;
    this.watcher = watcher;
  }

  /**
   * Opens the store and the places, and builds the engine; nothing runs yet.
   *
   * @throws io.backbeat.embedded.StoreOpenException if the data directory cannot be used
   * @throws io.backbeat.server.place.PlaceException if a place cannot be used
   */
  static EmbeddedEngine open(ServerConfig config) {
    Closing closing = new Closing();
    try {
      return open(config, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static EmbeddedEngine open(ServerConfig config, Closing closing) {
    ReplicationConfig replication = config.replication();
    Places places =
        Places.resolve(
            replication.source().map(SourceConfig::directory),
            replication.targets(),
            config.dataDirectory());
    Stores stores = EmbeddedStore.open(places.dataDirectory());
    closing.add(stores::close);
    bind(places);
    BackbeatEngine engine =
        BackbeatEngine.builder(stores)
            .locations(replication.locations())
            .locations(ServiceName.INGESTION, config.ingestion())
            .locations(ServiceName.LIFECYCLE, config.lifecycle())
            .replication(handler(places, closing))
            .meters(PrometheusMeters.create())
            .bucketConfiguration(buckets(config, closing))
            .build();
    closing.add(() -> engine.close(config.drain()));
    Optional<DirectoryWatcher> watcher =
        replication.source().map(source -> watcher(source, replication, places, stores));
    watcher.ifPresent(w -> closing.add(w::close));
    return new EmbeddedEngine(config, closing, engine, watcher);
  }

  BackbeatEngine engine() {
    return engine;
  }

  void start() {
    engine.start();
    watcher.ifPresent(
        w -> w.start(config.replication().source().orElseThrow().scanInterval(), pass -> {}));
    for (LocationName name : config.replication().withoutTarget()) {
      LOG.warn(
          "location {} has no place for its copies in the embedded profile: its jobs wait. Give one in"
              + " backbeat.replication.locations",
          name);
    }
  }

  /** Stops watching, drains the engine, closes the places and the store. */
  @Override
  public void close() {
    closing.close();
  }

  /**
   * Makes the directory of a location that is new. One that was there before and is missing now may
   * be a volume that is not mounted, and is waited for.
   */
  private static void bind(Places places) {
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

  private static JobHandler handler(Places places, Closing closing) {
    if (places.source().isEmpty()) {
      return WaitingDestination.nowhere();
    }
    ObjectStore source = DirectoryStore.open(places.source().get());
    closing.add(source::close);
    Map<LocationName, ObjectStore> destinations = new HashMap<>();
    for (LocationTarget target : places.targets()) {
      ObjectStore destination = target.open();
      closing.add(destination::close);
      destinations.put(target.name(), destination);
    }
    return new WaitingDestination(
        destinations.keySet(), new ReplicationHandler(source, destinations));
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
