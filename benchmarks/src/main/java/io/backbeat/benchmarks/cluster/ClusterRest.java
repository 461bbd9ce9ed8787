package io.backbeat.benchmarks.cluster;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.Role;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.redis.RedisEndpoint;
import io.backbeat.redis.RedisOptions;
import io.backbeat.redis.RedisStore;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.cluster.ClusterProfile;
import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.task.TaskOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/**
 * The REST API of a process with the role {@code api} on the services: {@code metrics/crr/all} with
 * counters in Redis that another client changes four times a second, a page of failures of the
 * ledger beside the same question asked by the bare driver, and a retry of 25 failures. Services
 * are processes of their own, MongoDB is the stand-in; the server is in this JVM, the load comes
 * from {@code wrk}. Arguments: rounds, seconds of each, seconds of warm-up, failures.
 */
public final class ClusterRest {
  private static final List<LocationName> LOCATIONS = KafkaPipeline.LOCATIONS;
  private static final LocationName PARIS = LOCATIONS.get(0);
  private static final int RETRIED = 25;
  private static final int RETRIES = 20;
  private static final int ASKERS = 8;
  private static final int PAGE = 100;

  private ClusterRest() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    int failures = args.length > 3 ? Integer.parseInt(args[3]) : 100;
    Path directory = Files.createTempDirectory("cluster-rest");
    try (ServiceProcess services = ServiceProcess.start("kafka", "zookeeper", "redis", "mongo");
        ClusterProfile profile = ClusterProfile.open(config(services, directory))) {
      BackbeatEngine engine =
          profile
              .prepare(
                  BackbeatEngine.builder(profile.stores())
                      .locations(LOCATIONS)
                      .roles(Set.of(Role.SCHEDULER))
                      .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION))
              .build();
      engine.start();
      profile.start(engine);
      try (BackbeatServer server =
          BackbeatServer.start(engine.operations(), ServerOptions.DEFAULT.withPort(0))) {
        URI api = server.uri().resolve("/_/backbeat/api/");
        metrics(services, profile, api, rounds, seconds, warmUp);
        retries(profile, api);
        pages(services, profile, api, rounds, seconds, failures);
      } finally {
        profile.stop();
        engine.close();
      }
    }
    Directories.delete(directory);
  }

  private static ServerConfig config(ServiceProcess services, Path directory) throws IOException {
    String text =
        """
        {"kafka": {"hosts": "%s"},
         "zookeeper": {"connectionString": "%s/backbeat", "autoCreateNamespace": true},
         "redis": {"host": "127.0.0.1", "port": %s},
         "queuePopulator": {"logSource": "mongo", "mongo": {"database": "metadata"}},
         "backbeat": {
           "mongo": {"uri": "%s", "database": "own"},
           "kafka": {"topicCreation": {"enabled": true, "partitions": 4, "replicationFactor": 1}}}}
        """
            .formatted(
                services.address("kafka"),
                services.address("zookeeper"),
                services.address("redis"),
                services.address("mongo"));
    Path file = Files.writeString(directory.resolve("config.json"), text);
    LoadedConfig loaded =
        new ConfigLoader(directory, Map.of())
            .load(
                new CommandLineSettings(
                    Optional.of(file),
                    Optional.empty(),
                    Optional.of(0),
                    Optional.of(0),
                    Optional.of(directory.resolve("data")),
                    Optional.of("api")),
                false);
    return loaded
        .config()
        .orElseThrow(() -> new IllegalStateException("bad configuration: " + loaded.errors()));
  }

  private static void metrics(
      ServiceProcess services, ClusterProfile profile, URI api, int rounds, int seconds, int warmUp)
      throws IOException, InterruptedException {
    Instant now = Instant.now();
    for (int i = 0; i < CounterStore.INTERVALS; i++) {
      profile
          .stores()
          .counters()
          .add(counted(7L + i), now.minusSeconds((long) i * CounterStore.INTERVAL_SECONDS));
    }
    RedisOptions options =
        RedisOptions.of(RedisEndpoint.at("127.0.0.1", Integer.parseInt(services.address("redis"))));
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try (RedisStore other = RedisStore.open(options, Clock.systemUTC())) {
      var unused =
          writer.scheduleWithFixedDelay(
              () -> other.counters().add(counted(1), Instant.now()),
              250,
              250,
              TimeUnit.MILLISECONDS);
      load(
          "metrics/crr/all", "metrics/crr/all", "1,500, p99 < 50 ms", api, rounds, seconds, warmUp);
    } finally {
      writer.shutdown();
      writer.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private static Map<CounterKey, Long> counted(long ops) {
    Map<CounterKey, Long> counted = new HashMap<>();
    for (LocationName location : LOCATIONS) {
      counted.put(CounterKey.of(ServiceName.REPLICATION, location, Counter.OPS), ops);
      counted.put(CounterKey.of(ServiceName.REPLICATION, location, Counter.OPS_DONE), ops);
      counted.put(CounterKey.of(ServiceName.REPLICATION, location, Counter.BYTES), 1_024 * ops);
      counted.put(
          CounterKey.of(ServiceName.REPLICATION, location, Counter.BYTES_DONE), 1_024 * ops);
    }
    return counted;
  }

  private static double load(
      String what, String path, String goal, URI api, int rounds, int seconds, int warmUp)
      throws IOException, InterruptedException {
    URI target = api.resolve(path);
    Wrk.run(target, warmUp);
    List<Double> rates = new ArrayList<>();
    List<Double> tails = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Wrk.Result result = Wrk.run(target, seconds);
      rates.add(result.perSecond());
      tails.add(result.tailMillis());
    }
    Figure.rate("ClusterRest: " + what, Figure.median(rates), "requests");
    Figure.line(
        "ClusterRest: " + what + ", p99 (goal: " + goal + ")",
        String.format(Locale.ROOT, "%.1f ms", Figure.median(tails)));
    return Figure.median(rates);
  }

  private static void pages(
      ServiceProcess services,
      ClusterProfile profile,
      URI api,
      int rounds,
      int seconds,
      int failures)
      throws IOException, InterruptedException {
    try (MongoClient client = MongoClients.create(services.address("mongo"))) {
      MongoCollection<BsonDocument> jobs =
          client.getDatabase("own").getCollection("jobs", BsonDocument.class);
      // Few first: the stand-in looks at all entries for every page, which a server does not.
      FailedEntries.record(profile.stores(), PARIS, PAGE);
      page(jobs, api, PAGE, rounds, seconds);
      if (failures > PAGE) {
        FailedEntries.copy(jobs, failures - PAGE);
        page(jobs, api, failures, rounds, seconds);
      }
    }
  }

  private static void page(
      MongoCollection<BsonDocument> jobs, URI api, int failures, int rounds, int seconds)
      throws IOException, InterruptedException {
    String what = String.format(Locale.ROOT, "100 of %,d failures", failures);
    String path = "crr/failed?sitename=" + PARIS;
    double ours = load(what, path, "500", api, rounds, seconds, seconds);
    ask(jobs, seconds);
    double bare = ask(jobs, seconds);
    Figure.rate("ClusterRest: the same find by the bare driver", bare, "finds");
    Figure.share("ClusterRest: pages of finds", ours, bare, "none");
  }

  /** The question of a page, asked by a few threads. Finds per second. */
  private static double ask(MongoCollection<BsonDocument> jobs, int seconds)
      throws InterruptedException {
    LongAdder asked = new LongAdder();
    CountDownLatch done = new CountDownLatch(ASKERS);
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < ASKERS; i++) {
      Thread asker =
          new Thread(
              () -> {
                while (System.nanoTime() < deadline && page(jobs) == PAGE) {
                  asked.increment();
                }
                done.countDown();
              });
      asker.setDaemon(true);
      asker.start();
    }
    done.await();
    return asked.sum() / ((System.nanoTime() - begin) / 1e9);
  }

  private static int page(MongoCollection<BsonDocument> jobs) {
    return jobs.find(
            Filters.and(
                Filters.eq("type", "replication"),
                Filters.eq("location", PARIS.value()),
                Filters.eq("state", "FAILED"),
                Filters.lt("marker", Long.MAX_VALUE)))
        .sort(Sorts.descending("marker"))
        .limit(PAGE)
        .projection(Projections.exclude("payload"))
        .into(new ArrayList<>())
        .size();
  }

  private static void retries(ClusterProfile profile, URI api)
      throws IOException, InterruptedException {
    List<ObjectVersion> objects =
        FailedEntries.recordWithObjects(profile.stores(), PARIS, RETRIED * RETRIES);
    HttpClient http = HttpClient.newHttpClient();
    List<Double> seconds = new ArrayList<>();
    for (int from = 0; from < objects.size(); from += RETRIED) {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve("crr/failed"))
              .timeout(Duration.ofSeconds(30))
              .POST(
                  HttpRequest.BodyPublishers.ofString(body(objects.subList(from, from + RETRIED))))
              .build();
      long begin = System.nanoTime();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      seconds.add((System.nanoTime() - begin) / 1e9);
      int queued = response.body().split("\"PENDING\"", -1).length - 1;
      if (response.statusCode() != 200 || queued != RETRIED) {
        throw new IllegalStateException(
            queued
                + " of "
                + RETRIED
                + " were queued: "
                + response.statusCode()
                + " "
                + response.body());
      }
    }
    Figure.line(
        "ClusterRest: retry of 25 failures (goal: < 200 ms)",
        String.format(
            Locale.ROOT,
            "median %.0f ms, first %.0f ms, longest other %.0f ms",
            1_000 * Figure.median(seconds),
            1_000 * seconds.get(0),
            1_000 * seconds.stream().skip(1).mapToDouble(s -> s).max().orElse(0)));
  }

  private static String body(List<ObjectVersion> objects) {
    return objects.stream()
        .map(
            object ->
                "{\"Bucket\":\""
                    + object.bucket()
                    + "\",\"Key\":\""
                    + object.key()
                    + "\",\"VersionId\":\""
                    + object.versionId()
                    + "\",\"StorageClass\":\""
                    + PARIS
                    + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
