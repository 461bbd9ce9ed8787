package io.backbeat.benchmarks;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailedJobStore.Finished;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Fills the embedded store with objects, queues a job for each, and drains the queue: what the
 * store does for each job, without an engine around it.
 *
 * <p>Arguments: number of jobs (1,000,000), jobs of a batch (500), directory (a temporary one). Run
 * it with {@code -Xmx256m}.
 */
public final class EmbeddedStoreDriver {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final int METADATA_PADDING = 600;

  private final EmbeddedStore store;
  private final int jobs;
  private final int batch;

  private EmbeddedStoreDriver(EmbeddedStore store, int jobs, int batch) {
    this.store = store;
    this.jobs = jobs;
    this.batch = batch;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    Path directory =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("backbeat-store");
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      EmbeddedStoreDriver driver = new EmbeddedStoreDriver(store, jobs, batch);
      driver.timed("append", driver::append);
      driver.timed("populate (read, publish, record, save)", driver::populate);
      driver.timed("poll alone", driver::pollOnly);
      driver.timed("drain (poll, apply, remove, count, commit)", driver::drain);
    }
    long start = System.nanoTime();
    EmbeddedStore.open(directory).close();
    print(
        "open again %.1f s, file %,d MB",
        seconds(start), Files.size(directory.resolve("backbeat.db")) >> 20);
  }

  private interface Step {
    void run() throws Exception;
  }

  private void timed(String name, Step step) throws Exception {
    long start = System.nanoTime();
    long cpuStart = cpuNanos();
    long writerStart = writerNanos();
    step.run();
    double seconds = seconds(start);
    double cpu = (cpuNanos() - cpuStart) / 1e9;
    double writer = (writerNanos() - writerStart) / 1e9;
    Runtime runtime = Runtime.getRuntime();
    print(
        "%-46s %,9.0f jobs/s  %5.1f s  CPU a job %4.1f us, of the writer %4.1f us  heap %d MB of %d MB",
        name,
        jobs / seconds,
        seconds,
        cpu * 1e6 / jobs,
        writer * 1e6 / jobs,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20);
  }

  /** Of the whole process; what to compare when others use the machine too. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static long writerNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("backbeat-store-writer")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @SuppressWarnings("SystemOut") // a driver's report
  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  private void append() {
    String padding = "x".repeat(METADATA_PADDING);
    SplittableRandom random = new SplittableRandom(7);
    List<MetadataChange> changes = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      // Keys in no order, as those of real objects.
      String key = "dir-%04x/object-%016x".formatted(random.nextInt(65536), random.nextLong());
      ObjectVersion object = ObjectVersion.unversioned("bucket", key);
      changes.add(new MetadataChange.Put(object, metadata(key, padding)));
      if (changes.size() == batch || i == jobs - 1) {
        store.journal().append(changes);
        changes.clear();
      }
    }
  }

  private static String metadata(String key, String padding) {
    return """
        {"content-length":4096,"content-type":"text/plain","content-md5":"5eb63bbbe01eeed093cb22bb8f5acdc3","key":"%s",\
        "replicationInfo":{"status":"PENDING","backends":[{"site":"paris","status":"PENDING","dataStoreVersionId":""}],\
        "content":["DATA","METADATA"],"destination":"arn:aws:s3:::bucket","storageClass":"paris","role":"arn:aws:iam::root:role/s3",\
        "storageType":"","dataStoreVersionId":"","isNFS":null},"dataStoreName":"us-east-1",\
        "last-modified":"2026-11-22T10:00:00.000Z","x-amz-meta-padding":"%s"}"""
        .formatted(key, padding);
  }

  private void populate() {
    LogPosition position = LogPosition.BEGINNING;
    while (true) {
      LogBatch read = store.journal().read(position, batch, Duration.ZERO);
      if (read.isEmpty()) {
        return;
      }
      List<Job> planned = read.entries().stream().map(EmbeddedStoreDriver::job).toList();
      store.failedJobs().record(planned.stream().map(LedgerEntry::queued).toList());
      store.queue().publish(planned);
      position = read.next();
      store.positions().save(store.journal().name(), position);
    }
  }

  private static Job job(LogEntry entry) {
    String revision = ObjectMetadata.parse(entry.value()).revision();
    JobKey key =
        new JobKey(
            JobType.REPLICATION, ObjectVersion.unversioned(entry.bucket(), entry.key()), PARIS);
    String payload = new String(entry.value(), StandardCharsets.UTF_8);
    return new Job(key, revision, 4096, 0, Instant.ofEpochMilli(1_800_000_000_000L), payload);
  }

  private JobConsumer consumer() {
    return store.queue().consumer(new QueueName(JobType.REPLICATION, PARIS));
  }

  private void pollOnly() {
    try (JobConsumer consumer = consumer()) {
      int seen = 0;
      while (seen < jobs) {
        seen += consumer.poll(batch, Duration.ofSeconds(10)).size();
      }
    }
  }

  /** One thread polls, another settles, as in the engine. */
  private void drain() throws InterruptedException {
    try (JobConsumer consumer = consumer()) {
      BlockingQueue<List<Delivery>> polled = new ArrayBlockingQueue<>(4);
      Thread settler = new Thread(() -> settle(consumer, polled), "settle");
      settler.start();
      int seen = 0;
      while (seen < jobs) {
        List<Delivery> deliveries = consumer.poll(batch, Duration.ofSeconds(10));
        seen += deliveries.size();
        polled.put(deliveries);
      }
      settler.join();
    }
  }

  private void settle(JobConsumer consumer, BlockingQueue<List<Delivery>> polled) {
    int settled = 0;
    try {
      while (settled < jobs) {
        List<Delivery> deliveries = polled.take();
        settle(consumer, deliveries);
        settled += deliveries.size();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(JobConsumer consumer, List<Delivery> deliveries) {
    List<StatusChange> changes = new ArrayList<>();
    List<Finished> finished = new ArrayList<>();
    long bytes = 0;
    for (Delivery delivery : deliveries) {
      Job job = ((Delivery.OfJob) delivery).job();
      changes.add(
          new StatusChange(job.object(), PARIS, job.revision(), StatusEvent.REPLICATED, "v1"));
      finished.add(new Finished(job.key(), job.revision()));
      bytes += job.bytes();
    }
    for (StatusResult result : store.statuses().apply(changes)) {
      if (!(result instanceof StatusResult.Applied)) {
        throw new IllegalStateException("must be applied, was " + result);
      }
    }
    store.failedJobs().remove(finished);
    Map<CounterKey, Long> deltas = new HashMap<>();
    deltas.put(
        CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_DONE), (long) deliveries.size());
    deltas.put(CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.BYTES_DONE), bytes);
    deltas.put(
        CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING),
        (long) -deliveries.size());
    deltas.put(CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.BYTES_PENDING), -bytes);
    store.counters().add(deltas, Instant.now());
    Delivery last = deliveries.get(deliveries.size() - 1);
    if (!consumer.commit(last.partition(), last.offset() + 1, last.generation())) {
      throw new IllegalStateException("the partition was lost");
    }
  }
}
