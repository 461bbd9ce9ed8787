package io.backbeat.benchmarks;

import io.backbeat.api.LocationName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Directory to directory through a whole engine on the embedded store, against {@code cp -r} of the
 * same files: scan, journal, queue, copy with checksum, status. Arguments: number of files, bytes
 * per file, rounds. Rounds of both alternate, and the medians are compared; the first round warms
 * up and does not count.
 */
public final class DirectoryCopy {
  private static final LocationName PARIS = LocationName.of("paris");

  private DirectoryCopy() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int files = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    int bytes = args.length > 1 ? Integer.parseInt(args[1]) : 1 << 20;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Path work = Files.createTempDirectory("directory-copy");
    Path source = Files.createDirectory(work.resolve("source"));
    write(source, files, bytes);
    double[] ours = new double[rounds];
    double[] cp = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double engineSeconds = engine(work, source);
      double cpSeconds = cp(work, source);
      if (round >= 0) {
        ours[round] = engineSeconds;
        cp[round] = cpSeconds;
      }
    }
    double engine = median(ours);
    double plain = median(cp);
    System.out.printf(
        Locale.ROOT,
        "%,d files of %,d bytes: engine %.2f s (%,.0f objects/s, %,.0f MB/s), cp -r %.2f s; engine has %.0f %% of its rate%n",
        files,
        bytes,
        engine,
        files / engine,
        (double) files * bytes / 1e6 / engine,
        plain,
        100 * plain / engine);
    EngineThroughput.deleteTree(work);
  }

  private static void write(Path source, int files, int bytes) throws IOException {
    Random random = new Random(1);
    byte[] content = new byte[bytes];
    for (int i = 0; i < files; i++) {
      random.nextBytes(content);
      Path folder = Files.createDirectories(source.resolve("d" + i % 100));
      Files.write(folder.resolve("f" + i), content);
    }
  }

  private static double engine(Path work, Path source) throws Exception {
    Path target = Files.createDirectory(work.resolve("target"));
    Path state = Files.createDirectory(work.resolve("state"));
    long begin = System.nanoTime();
    try (Stores stores = EmbeddedStore.open(state);
        ObjectStore from = DirectoryStore.open(source);
        ObjectStore to = DirectoryStore.open(target);
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(PARIS)
                .replication(new ReplicationHandler(from, Map.of(PARIS, to)))
                .config(
                    EngineConfig.DEFAULT.withProcessors(ProcessorLimits.DEFAULT.withConcurrency(4)))
                .build();
        DirectoryWatcher watcher =
            new DirectoryWatcher(
                WatchedDirectory.of(source, "bucket", LocationName.of("source"), List.of(PARIS)),
                stores.journal(),
                Clock.systemUTC())) {
      engine.start();
      watcher.scan();
      while (!engine.unfinished().settled()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    EngineThroughput.deleteTree(target);
    EngineThroughput.deleteTree(state);
    return seconds;
  }

  private static double cp(Path work, Path source) throws IOException, InterruptedException {
    Path target = work.resolve("cp");
    long begin = System.nanoTime();
    int status =
        new ProcessBuilder("cp", "-r", source.toString(), target.toString())
            .inheritIO()
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (status != 0) {
      throw new IllegalStateException("cp ended with " + status);
    }
    EngineThroughput.deleteTree(target);
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
