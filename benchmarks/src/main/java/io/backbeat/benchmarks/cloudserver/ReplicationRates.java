package io.backbeat.benchmarks.cloudserver;

import io.backbeat.cloudserver.CloudServerMetadata;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.cloudserver.StatusOptions;
import io.backbeat.cloudserver.backends.CloudTransfers;
import io.backbeat.cloudserver.backends.MultipleBackendHandler;
import io.backbeat.cloudserver.backends.TransferOptions;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.job.JobEvent;
import io.backbeat.log.MetadataSource;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.status.StatusStore;
import io.backbeat.store.Stores;
import io.backbeat.testing.DelegatingStores;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects of 1 KB that users put into CloudServer, brought to two clouds behind it by an engine
 * that plans, queues, runs, settles and writes the statuses into CloudServer's metadata.
 *
 * <p>First the objects are all there when the engine starts: object-locations per second from the
 * start of the engine to the last COMPLETED. Then they come at a given rate: the time from before
 * the put of an object to COMPLETED at both clouds. The stand-in of CloudServer runs in the same
 * JVM, behind HTTP on the loopback, and takes its part of the same cores; what it takes is not ours
 * and is not subtracted.
 *
 * <p>Arguments: {@code memory|embedded}, objects, rounds, objects per second (0: no such part),
 * seconds of that.
 */
public final class ReplicationRates {
  private static final byte[] CONTENT = new byte[1_000];
  private static final int PUTTING = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private ReplicationRates() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    String kind = args.length > 0 ? args[0] : "embedded";
    int objects = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    int perSecond = args.length > 3 ? Integer.parseInt(args[3]) : 250;
    int seconds = args.length > 4 ? Integer.parseInt(args[4]) : 20;
    List<Double> rates = new ArrayList<>();
    // The first round warms up.
    for (int round = 0; round <= rounds; round++) {
      double rate = backlog(kind, objects, "round " + round);
      if (round > 0) {
        rates.add(rate);
      }
    }
    if (!rates.isEmpty()) {
      Figure.line(
          "ReplicationRates " + kind + ": median (goal: 1,000)",
          "%,10.0f object-locations/s",
          Figure.median(rates));
    }
    if (perSecond > 0) {
      latency(kind, perSecond, seconds);
    }
  }

  private static double backlog(String kind, int objects, String name) throws Exception {
    try (Run run = new Run(kind)) {
      run.put(objects, 0);
      double cpu = Figure.cpu();
      long begin = System.nanoTime();
      run.start(objects);
      run.await();
      double rate = 2 * objects / Figure.seconds(begin);
      Figure.line(
          "ReplicationRates " + kind + ", " + name,
          "%,10.0f object-locations/s, %.2f ms CPU each, with the stand-in's; %s",
          rate,
          1_000 * (Figure.cpu() - cpu) / (2 * objects),
          run.requests(objects));
      return rate;
    }
  }

  private static void latency(String kind, int perSecond, int seconds) throws Exception {
    try (Run run = new Run(kind)) {
      int objects = perSecond * seconds;
      run.start(objects);
      run.put(objects, perSecond);
      run.await();
      List<Double> sorted = run.latencies.stream().sorted().toList();
      Figure.line(
          "ReplicationRates " + kind + ", " + 2 * perSecond + " object-locations/s (goal p99: 1 s)",
          "p50 %.0f, p95 %.0f, p99 %.0f, longest %.0f ms; %s",
          sorted.get(sorted.size() / 2),
          sorted.get(sorted.size() * 95 / 100),
          sorted.get(sorted.size() * 99 / 100),
          sorted.get(sorted.size() - 1),
          run.requests(objects));
    }
  }

  /** Everything of one round. */
  private static final class Run implements AutoCloseable {
    final ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> left = new ConcurrentHashMap<>();
    private final Path directory = temporary();
    private final Stores stores;
    private final CloudServerStandIn standIn;
    private final CloudServerClient client;
    private final CloudServerStatuses statuses;
    private final S3Client s3;
    private final ExecutorService parts = Executors.newCachedThreadPool();
    private BackbeatEngine engine;
    private CountDownLatch unfinished = new CountDownLatch(0);

    Run(String kind) {
      stores = kind.equals("embedded") ? EmbeddedStore.open(directory) : new InMemoryStores();
      standIn =
          CloudServerStandIn.builder()
              .feed(stores.journal())
              .location("us-east-1", Location.Type.LOCAL)
              .location(Site.AWS.value(), Location.Type.AWS_S3)
              .location(Site.AZURE.value(), Location.Type.AZURE)
              .start();
      client = Site.client(standIn.uri());
      statuses = new CloudServerStatuses(client, StatusOptions.DEFAULT);
      s3 = S3Clients.of(standIn.uri(), Account.USER);
      S3Clients.replicatedBucket(s3, Site.BUCKET, Site.SITES);
      engine = engine();
    }

    private BackbeatEngine engine() {
      MetadataSource metadata = new CloudServerMetadata(client);
      Stores own =
          new DelegatingStores(stores) {
            @Override
            public StatusStore statuses() {
              return statuses;
            }

            @Override
            public MetadataSource metadata() {
              return metadata;
            }
          };
      CloudTransfers transfers =
          new CloudTransfers(stores.uploads(), TransferOptions.DEFAULT, parts, Clock.systemUTC());
      return BackbeatEngine.builder(own)
          .locations(Site.AWS, Site.AZURE)
          .replication(
              new MultipleBackendHandler(
                  role -> client, Site.BACKENDS, transfers, Clock.systemUTC()))
          .listener(this::heard)
          .build();
    }

    private void heard(JobEvent event) {
      if (event instanceof JobEvent.Completed completed) {
        String key = completed.job().object().key();
        AtomicInteger open = left.get(key);
        Long begin = begun.get(key);
        if (open != null && begin != null && open.decrementAndGet() == 0) {
          latencies.add(1_000 * Figure.seconds(begin));
        }
        unfinished.countDown();
      }
    }

    /** Puts objects, as fast as it goes or so many a second. */
    void put(int objects, int perSecond) throws InterruptedException {
      ExecutorService users = Executors.newFixedThreadPool(PUTTING);
      AtomicInteger next = new AtomicInteger();
      long begin = System.nanoTime();
      for (int user = 0; user < PUTTING; user++) {
        users.execute(
            () -> {
              for (int i = next.getAndIncrement(); i < objects; i = next.getAndIncrement()) {
                if (perSecond > 0) {
                  long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
                  java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                }
                putOne("folder/object-" + i);
              }
            });
      }
      users.shutdown();
      require(users.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS), "put");
    }

    private void putOne(String key) {
      left.put(key, new AtomicInteger(2));
      begun.put(key, System.nanoTime());
      s3.putObject(r -> r.bucket(Site.BUCKET).key(key), RequestBody.fromBytes(CONTENT));
    }

    void start(int objects) {
      unfinished = new CountDownLatch(2 * objects);
      standIn.requests().clear();
      engine.start();
    }

    void await() throws InterruptedException {
      require(unfinished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "complete");
    }

    private void require(boolean done, String what) {
      if (!done) {
        throw new IllegalStateException(
            unfinished.getCount() + " are left; could not " + what + " all within " + PATIENCE);
      }
    }

    /** How often the routes were asked for, by object. */
    String requests(int objects) {
      return Stream.of(
              Route.GET_METADATA,
              Route.GET_OBJECT,
              Route.BACKEND_PUT_OBJECT,
              Route.PUT_METADATA,
              Route.GET_BUCKET_REPLICATION)
          .map(
              route ->
                  String.format(
                      java.util.Locale.ROOT,
                      "%.2f %s",
                      (double) standIn.requests().count(route) / objects,
                      route))
          .collect(java.util.stream.Collectors.joining(", ", "per object ", ""));
    }

    @Override
    public void close() throws IOException {
      engine.close(Duration.ofSeconds(10));
      statuses.close();
      parts.shutdownNow();
      s3.close();
      client.close();
      standIn.close();
      stores.close();
      delete(directory);
    }

    private static Path temporary() {
      try {
        return Files.createTempDirectory("replication-rates");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
