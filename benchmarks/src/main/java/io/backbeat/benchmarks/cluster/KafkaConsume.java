package io.backbeat.benchmarks.cluster;

import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.kafka.ReplicationTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One partition, one location, ten attempts at a time, a handler that does nothing, no status
 * message: consume and commit. Beside it a bare consumer that does not even look at the records.
 * Then the live heap while a topic of many records is consumed. The broker is in a JVM of its own.
 * Arguments: records, rounds, records of the long topic (0: none), seconds it is consumed.
 */
public final class KafkaConsume {
  private static final int DISTINCT = 20_000;
  private static final int KEYS = 10_000;
  private static final int LOOKS = 6;

  private KafkaConsume() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    long records = args.length > 0 ? Long.parseLong(args[0]) : 500_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    long many = args.length > 2 ? Long.parseLong(args[2]) : 5_000_000;
    int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 30;
    KafkaOptions.TopicCreation creation = new KafkaOptions.TopicCreation(1, 1, 1);
    try (ServiceProcess services = ServiceProcess.start("kafka")) {
      KafkaOptions options = KafkaOptions.of(services.address("kafka")).withTopicCreation(creation);
      try (KafkaConnection kafka = KafkaConnection.open(options, Clock.systemUTC())) {
        rates(kafka, records, rounds);
      }
      if (many > 0) {
        try (KafkaConnection kafka =
            KafkaConnection.open(options.withTopicPrefix("many-"), Clock.systemUTC())) {
          heap(kafka, many, seconds);
        }
      }
    }
  }

  private static Entries entries() {
    return new Entries(DISTINCT, KEYS, KafkaPipeline.LOCATIONS.subList(0, 1));
  }

  private static void rates(KafkaConnection kafka, long wanted, int rounds)
      throws InterruptedException {
    ReplicationTopics topics = ReplicationTopics.DEFAULT;
    Entries entries = entries();
    long records = Backlog.fill(kafka, topics, entries, wanted, Duration.ofMinutes(2));
    List<Double> bare = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double loop = BareLoop.consume(kafka, topics.replication(), "bare-" + round, records);
      double jobs;
      try (Processors processors =
          new Processors(kafka, "ours-" + round, entries, new KafkaPipeline.Nothing())) {
        jobs = processors.await(records, Duration.ofMinutes(2));
      }
      if (round > 0) {
        bare.add(loop);
        ours.add(jobs);
        Figure.rate("consume, round " + round, jobs, "records");
      }
    }
    Figure.rate("KafkaConsume: bare consumer, median", Figure.median(bare), "records");
    Figure.rate("KafkaConsume: ours, median (goal: 60,000)", Figure.median(ours), "records");
  }

  private static void heap(KafkaConnection kafka, long wanted, int seconds)
      throws InterruptedException {
    Entries entries = entries();
    long begin = System.nanoTime();
    long records =
        Backlog.fill(kafka, ReplicationTopics.DEFAULT, entries, wanted, Duration.ofMinutes(5));
    Figure.rate(
        String.format(Locale.ROOT, "KafkaConsume: %,d records produced", records),
        records / ((System.nanoTime() - begin) / 1e9),
        "records");
    Figure.line("KafkaConsume: live heap before", Figure.liveHeap() + " MiB");
    try (Processors processors =
        new Processors(kafka, "ours", entries, new KafkaPipeline.Nothing())) {
      for (int look = 1; look <= LOOKS; look++) {
        processors.await(records, Duration.ofMillis(seconds * 1_000L / LOOKS));
        Figure.line(
            String.format(
                Locale.ROOT,
                "KafkaConsume: live heap, %,d of %,d done",
                processors.settled(),
                records),
            Figure.liveHeap() + " MiB");
      }
    }
  }
}
