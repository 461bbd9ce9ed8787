package io.backbeat.benchmarks.cloudserver;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.benchmarks.cluster.ServiceProcess;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerStatuses;
import io.backbeat.cloudserver.StatusOptions;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.kafka.ReplayBudget;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.kafka.StatusPublisher;
import io.backbeat.kafka.StatusReader;
import io.backbeat.kafka.TopicReader;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.StatusProcessor;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Messages of the status topic per second: read from Kafka, decoded, decided, written into
 * CloudServer's metadata, committed; two messages an object, whose ledger is in memory. Once with a
 * CloudServer in memory, which answers at once, and once with the stand-in, over HTTP, in this JVM.
 * The rate is that after the first batch has been settled, so that joining the group does not
 * count. Arguments: objects, rounds.
 */
public final class StatusRates {
  private static final List<LocationName> LOCATIONS = List.of(Site.AWS, Site.AZURE);
  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<ObjectVersion, String> documents;
  private final KafkaConnection kafka;
  private int groups;

  private StatusRates(Map<ObjectVersion, String> documents, KafkaConnection kafka) {
    this.documents = documents;
    this.kafka = kafka;
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int objects = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    KafkaOptions.TopicCreation creation = new KafkaOptions.TopicCreation(4, 1, 1);
    try (ServiceProcess services = ServiceProcess.start("kafka");
        KafkaConnection kafka =
            KafkaConnection.open(
                KafkaOptions.of(services.address("kafka")).withTopicCreation(creation),
                Clock.systemUTC());
        CloudServerStandIn standIn =
            CloudServerStandIn.builder()
                .location("us-east-1", Location.Type.LOCAL)
                .location(Site.AWS.value(), Location.Type.AWS_S3)
                .location(Site.AZURE.value(), Location.Type.AZURE)
                .start();
        CloudServerClient client = Site.client(standIn.uri())) {
      StatusRates rates = new StatusRates(written(standIn, objects), kafka);
      rates.publish();
      List<Double> atOnce = new ArrayList<>();
      List<Double> overHttp = new ArrayList<>();
      // The first round warms up.
      for (int round = 0; round <= rounds; round++) {
        double memory = rates.inMemory("round " + round);
        double http = rates.http(standIn, client, "round " + round);
        if (round > 0) {
          atOnce.add(memory);
          overHttp.add(http);
        }
      }
      line("answers at once: median (goal: 5,000)", Figure.median(atOnce), "");
      line("over HTTP: median", Figure.median(overHttp), "");
    }
  }

  private static void line(String what, double rate, String more) {
    Figure.line("StatusRates, " + what, "%,10.0f messages/s%s", rate, more);
  }

  private static Map<ObjectVersion, String> written(CloudServerStandIn standIn, int objects) {
    Map<ObjectVersion, String> documents = new LinkedHashMap<>();
    try (S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, Site.BUCKET, Site.SITES);
      for (int i = 0; i < objects; i++) {
        String key = "folder/object-" + i;
        String version =
            s3.putObject(r -> r.bucket(Site.BUCKET).key(key), RequestBody.fromString("x"))
                .versionId();
        documents.put(
            new ObjectVersion(Site.BUCKET, key, version),
            standIn.metadata(Site.BUCKET, key, version).orElseThrow());
      }
    }
    return documents;
  }

  /** The messages of a location follow those of the other one, some hundreds at a time. */
  private void publish() {
    StatusPublisher publisher =
        new StatusPublisher(
            kafka,
            ReplicationTopics.DEFAULT,
            new ReplayBudget(5),
            processor(new InMemoryStores(), Optional.empty()));
    List<ObjectVersion> objects = List.copyOf(documents.keySet());
    for (int from = 0; from < objects.size(); from += BATCH) {
      List<ObjectVersion> batch = objects.subList(from, Math.min(objects.size(), from + BATCH));
      for (LocationName location : LOCATIONS) {
        var unused = publisher.settle(batch.stream().map(o -> attempt(o, location)).toList());
      }
    }
  }

  private FinishedAttempt attempt(ObjectVersion object, LocationName location) {
    String json = documents.getOrDefault(object, "");
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    Job job =
        new Job(
            new JobKey(JobType.REPLICATION, object, location),
            metadata.revision(),
            metadata.contentLength(),
            0,
            Clock.systemUTC().instant(),
            json);
    return new FinishedAttempt(
        job, new TaskOutcome.Replicated("v-" + location), Clock.systemUTC().instant());
  }

  private static StatusProcessor processor(
      InMemoryStores stores, Optional<CloudServerStatuses> statuses) {
    return new StatusProcessor(
        statuses.isPresent() ? statuses.get() : stores.statuses(),
        stores.failedJobs(),
        stores.queue(),
        job -> List.of(),
        RetryPolicy.CLOUD,
        RandomGenerator.getDefault());
  }

  private double inMemory(String round) throws InterruptedException {
    Map<ObjectVersion, String> stored = new ConcurrentHashMap<>(documents);
    AtomicLong puts = new AtomicLong();
    CloudServer server =
        (CloudServer)
            Proxy.newProxyInstance(
                CloudServer.class.getClassLoader(),
                new Class<?>[] {CloudServer.class},
                (proxy, method, args) ->
                    switch (method.getName()) {
                      case "metadata" -> Optional.ofNullable(stored.get(args[0]));
                      case "putMetadata" -> {
                        puts.incrementAndGet();
                        stored.put((ObjectVersion) args[0], (String) args[1]);
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return run("answers at once, " + round, server, puts::get);
  }

  private double http(CloudServerStandIn standIn, CloudServerClient client, String round)
      throws InterruptedException, CloudServerException {
    for (Map.Entry<ObjectVersion, String> document : documents.entrySet()) {
      client.putMetadata(document.getKey(), document.getValue(), true);
    }
    long before = standIn.requests().count(Route.PUT_METADATA);
    return run(
        "over HTTP, " + round, client, () -> standIn.requests().count(Route.PUT_METADATA) - before);
  }

  private double run(String what, CloudServer server, LongSupplier puts)
      throws InterruptedException {
    int messages = documents.size() * LOCATIONS.size();
    AtomicLong firstCount = new AtomicLong();
    AtomicLong firstAt = new AtomicLong();
    CountDownLatch left = new CountDownLatch(messages);
    try (CloudServerStatuses statuses = new CloudServerStatuses(server, StatusOptions.DEFAULT);
        InMemoryStores stores = new InMemoryStores();
        TopicReader<?> reader =
            StatusReader.create(
                kafka,
                inGroup("status-" + groups++),
                new ReplayBudget(5),
                StatusOptions.DEFAULT.window(),
                processor(stores, Optional.of(statuses)),
                statuses,
                stores.failedJobs(),
                events -> {
                  if (firstAt.compareAndSet(0, System.nanoTime())) {
                    firstCount.set(events.size());
                  }
                  events.forEach(event -> left.countDown());
                },
                stores.quarantine(),
                Clock.systemUTC())) {
      reader.start();
      if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(left.getCount() + " are left after " + PATIENCE);
      }
      double rate = (messages - firstCount.get()) / Figure.seconds(firstAt.get());
      line(
          what,
          rate,
          String.format(
              java.util.Locale.ROOT,
              ", %.2f writes/object",
              (double) puts.getAsLong() / documents.size()));
      return rate;
    }
  }

  private static ReplicationTopics inGroup(String group) {
    ReplicationTopics names = ReplicationTopics.DEFAULT;
    return new ReplicationTopics(
        names.replication(),
        names.status(),
        names.failed(),
        names.replay(),
        names.dataMover(),
        names.gc(),
        names.metrics(),
        names.processorGroup(),
        group,
        names.gcGroup());
  }
}
