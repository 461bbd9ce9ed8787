package io.backbeat.benchmarks.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobEvent;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.kafka.ReplayBudget;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.kafka.StatusPublisher;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Consume, parse, a handler that does nothing, a status message, commit: four locations of one
 * process, ten attempts at a time each, against a bare loop of Kafka's clients. An entry of the
 * topic is four jobs and four status messages of ours; one record and one message of the bare loop.
 * The broker is in a JVM of its own. Arguments: entries, rounds.
 */
public final class KafkaPipeline {
  static final List<LocationName> LOCATIONS =
      List.of(
          LocationName.of("paris"),
          LocationName.of("tokyo"),
          LocationName.of("lima"),
          LocationName.of("oslo"));
  private static final int DISTINCT = 20_000;
  private static final int KEYS = 10_000;
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private KafkaPipeline() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    long entries = args.length > 0 ? Long.parseLong(args[0]) : 150_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    KafkaOptions.TopicCreation creation = new KafkaOptions.TopicCreation(PARTITIONS, 1, 1);
    try (ServiceProcess services = ServiceProcess.start("kafka");
        KafkaConnection kafka =
            KafkaConnection.open(
                KafkaOptions.of(services.address("kafka")).withTopicCreation(creation),
                Clock.systemUTC())) {
      run(kafka, entries, rounds);
    }
  }

  private static void run(KafkaConnection kafka, long wanted, int rounds)
      throws InterruptedException {
    ReplicationTopics topics = ReplicationTopics.DEFAULT;
    Entries entries = new Entries(DISTINCT, KEYS, LOCATIONS);
    long records = Backlog.fill(kafka, topics, entries, wanted, Duration.ofMinutes(2));
    kafka.ensure("bare-status");
    List<Double> bare = new ArrayList<>();
    List<Double> four = new ArrayList<>();
    List<Double> one = new ArrayList<>();
    // The first round warms up.
    for (int round = 0; round <= rounds; round++) {
      double loop =
          BareLoop.pipeline(kafka, topics.replication(), "bare-" + round, "bare-status", records);
      double jobs = ours(kafka, "four-" + round, entries, records);
      double alone = ours(kafka, "one-" + round, entries.at(LOCATIONS.subList(0, 1)), records);
      if (round > 0) {
        bare.add(loop);
        four.add(jobs);
        one.add(alone);
        Figure.rate("bare loop, round " + round, loop, "records");
        Figure.rate("4 locations, round " + round, jobs, "jobs");
        Figure.rate("1 location, round " + round, alone, "jobs");
      }
    }
    double loop = Figure.median(bare);
    double jobs = Figure.median(four);
    Figure.rate("KafkaPipeline: bare loop", loop, "records");
    Figure.rate("KafkaPipeline: 4 locations, jobs (= status messages)", jobs, "jobs");
    Figure.rate("KafkaPipeline: 4 locations, log entries", jobs / LOCATIONS.size(), "entries");
    Figure.rate("KafkaPipeline: 1 location, jobs = entries", Figure.median(one), "entries");
    Figure.share("KafkaPipeline: 4 locations, jobs of bare records", jobs, loop, "50 %");
    Figure.share(
        "KafkaPipeline: 1 location, jobs of bare records", Figure.median(one), loop, "50 %");
    Figure.share(
        "KafkaPipeline: 4 locations, entries of bare records",
        jobs / LOCATIONS.size(),
        loop,
        "none; 4 messages against 1");
  }

  private static double ours(KafkaConnection kafka, String group, Entries entries, long records)
      throws InterruptedException {
    OutcomeSettler publisher =
        new StatusPublisher(kafka, ReplicationTopics.DEFAULT, new ReplayBudget(5), new Nothing());
    try (Processors processors = new Processors(kafka, group, entries, publisher)) {
      return processors.await(records * entries.locations().size(), PATIENCE);
    }
  }

  /** Settles nothing: everything has a message. */
  static final class Nothing implements OutcomeSettler {
    @Override
    public List<JobEvent> settle(List<FinishedAttempt> attempts) {
      return List.of();
    }

    @Override
    public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
      return List.of();
    }
  }
}
