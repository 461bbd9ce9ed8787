package io.backbeat.benchmarks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ServiceName;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.kafka.MetricsConsumer;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.kafka.TopicReader;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.redis.RedisEndpoint;
import io.backbeat.redis.RedisOptions;
import io.backbeat.redis.RedisStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Messages of the metrics topic per second into a real Redis, once with messages about locations
 * only, once with every second message about one object. Broker and Redis are processes of their
 * own. Arguments: messages, a multiple of 8, and rounds.
 */
public final class MetricsTopic {
  private static final int OBJECTS = 20_000;
  private static final int POLL_MILLIS = 2;

  private MetricsTopic() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (ServiceProcess services = ServiceProcess.start("kafka", "redis")) {
      for (boolean objects : new boolean[] {false, true}) {
        KafkaOptions options =
            KafkaOptions.of(services.address("kafka"))
                .withTopicPrefix(objects ? "objects-" : "locations-")
                .withTopicCreation(new KafkaOptions.TopicCreation(1, 1, 1));
        RedisOptions redis =
            RedisOptions.of(
                RedisEndpoint.at("127.0.0.1", Integer.parseInt(services.address("redis"))));
        try (KafkaConnection kafka = KafkaConnection.open(options, Clock.systemUTC())) {
          run(kafka, redis, objects, messages, rounds);
        }
      }
    }
  }

  private static void run(
      KafkaConnection kafka, RedisOptions redis, boolean objects, int messages, int rounds)
      throws InterruptedException {
    produce(kafka, objects, messages);
    String what = objects ? "half about objects" : "about locations";
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      // Counters of its own, so that each round counts everything.
      String prefix = (objects ? "o" : "l") + round + "~";
      RedisOptions own = redis.withKeyPrefix(prefix);
      double rate = read(kafka, own, "group-" + round, messages);
      requireCounted(own, objects ? messages / 4 : messages / 2);
      if (round > 0) {
        rates.add(rate);
        Figure.rate("metrics " + what + ", round " + round, rate, "messages");
      }
    }
    Figure.rate("MetricsTopic: " + what + " (goal: 60,000)", Figure.median(rates), "messages");
  }

  private static double read(
      KafkaConnection kafka, RedisOptions options, String group, int messages)
      throws InterruptedException {
    try (RedisStore redis = RedisStore.open(options, Clock.systemUTC());
        InMemoryStores stores = new InMemoryStores();
        TopicReader<?> reader =
            MetricsConsumer.create(
                kafka,
                ReplicationTopics.DEFAULT,
                group,
                ServiceName.REPLICATION,
                redis.countedSources(),
                stores.quarantine(),
                Clock.systemUTC())) {
      reader.start();
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      long before = waitUntil(reader, 1, deadline);
      long begin = System.nanoTime();
      long after = waitUntil(reader, messages, deadline);
      return (after - before) / ((System.nanoTime() - begin) / 1e9);
    }
  }

  /** Half of the messages about locations say that one operation was queued. */
  private static void requireCounted(RedisOptions options, long queued) {
    try (RedisStore redis = RedisStore.open(options, Clock.systemUTC())) {
      long counted =
          redis
              .counters()
              .series(
                  KafkaPipeline.LOCATIONS.stream()
                      .map(l -> CounterKey.of(ServiceName.REPLICATION, l, Counter.OPS))
                      .toList(),
                  Instant.now(),
                  CounterStore.INTERVALS)
              .stream()
              .flatMapToLong(Arrays::stream)
              .sum();
      if (counted != queued) {
        throw new IllegalStateException(
            queued + " operations were queued, " + counted + " are counted");
      }
    }
  }

  private static long waitUntil(TopicReader<?> reader, long handled, long deadline)
      throws InterruptedException {
    while (reader.progress().handled() < handled) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("two minutes were not enough: " + reader.progress());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return reader.progress().handled();
  }

  private static void produce(KafkaConnection kafka, boolean objects, int messages) {
    String topic = kafka.topic(ReplicationTopics.DEFAULT.metrics());
    kafka.ensure(topic);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.options().bootstrapServers(),
            "batch.size",
            256 * 1024,
            "linger.ms",
            20);
    long now = System.currentTimeMillis();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        byte[] json = message(i, objects && i % 2 == 1, now).getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, json));
      }
      producer.flush();
    }
  }

  private static String message(int i, boolean ofObject, long now) {
    String site = KafkaPipeline.LOCATIONS.get(i % 4).value();
    String type = i % 8 < 4 ? "queued" : "completed";
    String head = ofObject ? "" : "\"ops\":1,";
    String object =
        ofObject
            ? String.format(
                Locale.ROOT,
                ",\"bucketName\":\"bucket\",\"objectKey\":\"folder/object-%d\",\"versionId\":\"%s\"",
                i % OBJECTS,
                "3938353133363139343733383939393939393939524730303120")
            : "";
    return "{\"timestamp\":"
        + now
        + ","
        + head
        + "\"bytes\":1024,\"extension\":\"crr\",\"type\":\""
        + type
        + "\",\"site\":\""
        + site
        + "\""
        + object
        + "}";
  }
}
