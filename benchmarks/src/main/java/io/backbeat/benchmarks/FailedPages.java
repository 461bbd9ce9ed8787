package io.backbeat.benchmarks;

import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.LedgerEntry;
import io.backbeat.task.TaskOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Time of a page of 100 at the beginning, in the middle and at the end of a million failed
 * operations on the embedded store, and the heap it takes to page through all. Arguments: number of
 * failed operations, times each page is asked for.
 */
public final class FailedPages {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final int BATCH = 2_000;

  private FailedPages() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int failed = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    Path directory = Files.createTempDirectory("failed-pages");
    try (EmbeddedStore stores = EmbeddedStore.open(directory)) {
      long begin = System.nanoTime();
      fill(stores, failed);
      System.out.printf(
          Locale.ROOT,
          "%,d failed operations recorded in %.1f s%n",
          failed,
          (System.nanoTime() - begin) / 1e9);
    }
    // Opened again, so that all of it is in the file: entries that are still in the write-ahead log
    // are read faster, which would favour the first page.
    try (EmbeddedStore stores = EmbeddedStore.open(directory)) {
      try (BackbeatEngine engine =
          BackbeatEngine.builder(stores)
              .locations(PARIS)
              .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
              .build()) {
        measure(engine.operations().failed(), failed, times);
      }
    }
    EngineThroughput.deleteTree(directory);
  }

  private static void fill(EmbeddedStore stores, int failed) {
    Instant now = Instant.now().minusSeconds(failed / 1_000 + 1);
    for (int from = 0; from < failed; from += BATCH) {
      List<LedgerEntry> entries = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(failed, from + BATCH); i++) {
        entries.add(entry(i, now.plusMillis(i)));
      }
      stores.failedJobs().record(entries);
    }
  }

  private static LedgerEntry entry(int i, Instant at) {
    String versionId = String.format(Locale.ROOT, "98204655%012dRG001  ", 999_999_999_999L - i);
    ObjectVersion object =
        new ObjectVersion(
            "bucket-" + i % 7,
            String.format(Locale.ROOT, "folder/%03d/object-%07d", i % 1_000, i),
            SampleMetadata.encoded(versionId));
    Job job =
        new Job(
            new JobKey(JobType.REPLICATION, object, PARIS),
            "r" + i,
            1_024,
            5,
            at,
            SampleMetadata.document(object.key(), versionId, PARIS.value()));
    return LedgerEntry.failed(
        job, new LedgerEntry.Failure(at, at, "Timeout", "no answer within 30 s"));
  }

  private static void measure(FailedOperations operations, int failed, int times) {
    System.gc();
    long before = usedHeap();
    long highest = before;
    List<Long> markers = new ArrayList<>();
    long marker = FailedOperations.FIRST_PAGE;
    long seen = 0;
    long begin = System.nanoTime();
    OptionalLong next;
    do {
      markers.add(marker);
      FailedPage page = operations.list(PARIS, marker, FailedOperations.PAGE_SIZE);
      seen += page.operations().size();
      next = page.nextMarker();
      marker = next.orElse(0);
      if (markers.size() % 100 == 0) {
        System.gc();
        highest = Math.max(highest, usedHeap());
      }
    } while (next.isPresent());
    System.out.printf(
        Locale.ROOT,
        "paged through %,d of %,d in %.1f s; live heap grew by %d MB at most%n",
        seen,
        failed,
        (System.nanoTime() - begin) / 1e9,
        (highest - before) >> 20);
    // In turns, so that a slow moment of the machine hits all three.
    long[][] nanos = new long[3][times];
    long[] where = {
      markers.get(0), markers.get(markers.size() / 2), markers.get(markers.size() - 1)
    };
    for (int i = 0; i < times; i++) {
      for (int page = 0; page < where.length; page++) {
        long started = System.nanoTime();
        operations.list(PARIS, where[page], FailedOperations.PAGE_SIZE);
        nanos[page][i] = System.nanoTime() - started;
      }
    }
    report("first", nanos[0]);
    report("middle", nanos[1]);
    report("last", nanos[2]);
  }

  private static void report(String page, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-6s page of 100: median %.2f ms, p99 %.2f ms%n",
        page,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
