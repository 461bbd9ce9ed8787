package io.backbeat.examples.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Keeps a copy of the files of a directory, and writes a checksum of each: an engine inside another
 * program, with a job type of its own beside replication.
 *
 * <pre>EmbeddedEngine SOURCE BACKUP CHECKSUMS STATE</pre>
 *
 * <p>The first three are directories; STATE is where the engine keeps queues and statuses. Started
 * again, it goes on where it was stopped.
 */
public final class EmbeddedEngine {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private EmbeddedEngine() {}

  /** Runs until a line is entered. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: EmbeddedEngine SOURCE BACKUP CHECKSUMS STATE");
      return;
    }
    run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
  }

  private static void run(Path photos, Path backup, Path checksums, Path state) throws IOException {
    Files.createDirectories(backup);
    Files.createDirectories(checksums);
    // README: begin
    LocationName home = LocationName.of("home");
    LocationName paris = LocationName.of("paris");
    try (Stores stores = EmbeddedStore.open(state);
        ObjectStore source = DirectoryStore.open(photos);
        ObjectStore copies = DirectoryStore.open(backup);
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(paris)
                .replication(new ReplicationHandler(source, Map.of(paris, copies)))
                .jobType(
                    Checksums.TYPE,
                    List.of(home),
                    Checksums::plan,
                    new Checksums(source, checksums))
                .build();
        DirectoryWatcher watcher =
            new DirectoryWatcher(
                WatchedDirectory.of(photos, "photos", home, List.of(paris)),
                stores.journal(),
                Clock.systemUTC())) {
      engine.start();
      watcher.start(INTERVAL);
      System.out.println("Working; Enter ends it.");
      System.in.read();
    }
    // README: end
  }
}
