package io.backbeat.examples.jaxrs;

import io.backbeat.api.LocationName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.store.Stores;
import jakarta.ws.rs.SeBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A web application that copies its photos to a second directory, and is watched and steered
 * through Backbeat's API, which it serves itself.
 *
 * <pre>MountedApi PHOTOS BACKUP STATE PORT</pre>
 *
 * <p>Then {@code curl http://127.0.0.1:PORT/app/_/backbeat/api/metrics/crr/all}. Who may ask is for
 * the application to decide: the allow list belongs to the bundled server.
 */
public final class MountedApi {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private MountedApi() {}

  /** Runs until a line is entered. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: MountedApi PHOTOS BACKUP STATE PORT");
      return;
    }
    run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
  }

  private static void run(Path photos, Path backup, Path state, int port) throws IOException {
    Files.createDirectories(backup);
    LocationName home = LocationName.of("home");
    LocationName paris = LocationName.of("paris");
    try (Stores stores = EmbeddedStore.open(state);
        ObjectStore source = DirectoryStore.open(photos);
        ObjectStore copies = DirectoryStore.open(backup);
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(paris)
                .replication(new ReplicationHandler(source, Map.of(paris, copies)))
                .build();
        DirectoryWatcher watcher =
            new DirectoryWatcher(
                WatchedDirectory.of(photos, "photos", home, List.of(paris)),
                stores.journal(),
                Clock.systemUTC())) {
      engine.start();
      watcher.start(INTERVAL);
      serve(new PhotoApplication(engine), port);
    }
  }

  /** Any container of Jakarta REST 3.1 or newer can be started like this. */
  private static void serve(PhotoApplication application, int port) throws IOException {
    SeBootstrap.Configuration where =
        SeBootstrap.Configuration.builder().host("127.0.0.1").port(port).rootPath("app").build();
    SeBootstrap.Instance server =
        SeBootstrap.start(application, where).toCompletableFuture().join();
    System.out.println("Serving " + server.configuration().baseUri() + "; Enter ends it.");
    System.in.read();
    server.stop().toCompletableFuture().join();
  }
}
