package io.backbeat.benchmarks;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.engine.Role;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.job.JobEvent;
import io.backbeat.log.MetadataChange;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.status.Retention;
import io.backbeat.store.Stores;
import io.backbeat.task.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs per second through a whole engine whose handler does nothing: client write, log, plan,
 * queue, run, status, ledger, commit, counters. Arguments: {@code memory|embedded}, number of
 * objects, number of keys, and optionally which histories are kept, {@code
 * nothing|trouble|everything} ({@code trouble} unless told otherwise).
 *
 * <p>Prints one line of figures per phase. Bounded: gives up after ten minutes.
 */
public final class EngineThroughput {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final int APPEND_BATCH = 1_000;

  private EngineThroughput() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    String kind = args.length > 0 ? args[0] : "memory";
    int jobs = args.length > 1 ? Integer.parseInt(args[1]) : 500_000;
    int keys = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
    Path directory =
        Files.createTempDirectory(
            Path.of(System.getProperty("java.io.tmpdir")), "engine-throughput");
    HistoryOptions history =
        new HistoryOptions(
            HistoryOptions.Detail.valueOf(
                (args.length > 3 ? args[3] : "trouble").toUpperCase(Locale.ROOT)),
            Retention.DEFAULT);
    try (Stores stores = kind.equals("embedded") ? embedded(directory) : new InMemoryStores()) {
      run(kind, stores, history, jobs, keys);
    }
    deleteTree(directory);
  }

  private static Stores embedded(Path directory) {
    return EmbeddedStore.open(directory);
  }

  /** Versions of {@code keys} keys, so that jobs of one key have to wait for each other. */
  private static void run(String kind, Stores stores, HistoryOptions history, int jobs, int keys)
      throws InterruptedException {
    CountDownLatch completed = new CountDownLatch(jobs);
    AtomicLong queued = new AtomicLong();
    long begin = System.nanoTime();
    for (int from = 0; from < jobs; from += APPEND_BATCH) {
      List<MetadataChange> changes = new ArrayList<>(APPEND_BATCH);
      for (int i = from; i < Math.min(jobs, from + APPEND_BATCH); i++) {
        changes.add(put(i, keys));
      }
      stores.journal().append(changes);
    }
    report(kind, "written to the journal", jobs, begin);

    long queueing = System.nanoTime();
    BackbeatEngine populating =
        engine(stores, history, Set.of(Role.POPULATOR), event -> queued.incrementAndGet());
    populating.start();
    while (queued.get() < jobs) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    populating.close(Duration.ofSeconds(10));
    report(kind, "log to queued", jobs, queueing);
    System.gc();
    System.out.printf(Locale.ROOT, "%-9s heap with all jobs queued: %d MB%n", kind, usedHeap());

    long processing = System.nanoTime();
    BackbeatEngine engine =
        engine(
            stores,
            history,
            Set.of(Role.PROCESSOR),
            event -> {
              if (event instanceof JobEvent.Completed) {
                completed.countDown();
              }
            });
    engine.start();
    if (!completed.await(10, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          completed.getCount() + " jobs were not completed within ten minutes");
    }
    report(kind, "queued to COMPLETED", jobs, processing);
    System.out.printf(Locale.ROOT, "%-9s heap after the run: %d MB%n", kind, usedHeap());
    engine.close(Duration.ofSeconds(10));
  }

  private static BackbeatEngine engine(
      Stores stores, HistoryOptions history, Set<Role> roles, JobEvent.Listener listener) {
    return BackbeatEngine.builder(stores)
        .locations(PARIS)
        .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
        .config(
            EngineConfig.DEFAULT.withProcessors(
                new ProcessorLimits(4, 4_000, 64L << 20, Duration.ofSeconds(10))))
        .roles(roles)
        .history(history)
        .listener(listener)
        .build();
  }

  private static MetadataChange put(int i, int keys) {
    String versionId = String.format(Locale.ROOT, "98204655%012dRG001  ", 999_999_999_999L - i);
    ObjectVersion object =
        new ObjectVersion("bucket", "key-" + i % keys, SampleMetadata.encoded(versionId));
    return new MetadataChange.Put(
        object, SampleMetadata.document(object.key(), versionId, PARIS.value()));
  }

  private static void report(String kind, String phase, int jobs, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-9s %-24s %,10d jobs in %6.2f s = %,10.0f jobs/s%n",
        kind,
        phase,
        jobs,
        seconds,
        jobs / seconds);
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  static void deleteTree(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
