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
 * topic is four jobs and four status messages of ours; one record and one message of the bare
 * loop. The broker is in a JVM of its own. Arguments: entries, rounds.
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
    OutcomeSettler publisher =
        new StatusPublisher(kafka, topics, new ReplayBudget(5), new Nothing());
    List<Double> bare = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    // The first round warms up.
    for (int round = 0; round <= rounds; round++) {
      double loop =
          BareLoop.pipeline(kafka, topics.replication(), "bare-" + round, "bare-status", records);
      double jobs;
      try (Processors processors = new Processors(kafka, "ours-" + round, entries, publisher)) {
        jobs = processors.await(records * LOCATIONS.size(), PATIENCE);
      }
      if (round > 0) {
        bare.add(loop);
        ours.add(jobs);
        Figure.rate("bare loop, round " + round, loop, "records");
        Figure.rate("pipeline of 4 locations, round " + round, jobs, "jobs");
      }
    }
    double loop = Figure.median(bare);
    double jobs = Figure.median(ours);
    Figure.rate("KafkaPipeline: bare loop, median", loop, "records");
    Figure.rate("KafkaPipeline: jobs (= status messages), median", jobs, "jobs");
    Figure.rate("KafkaPipeline: log entries, median", jobs / LOCATIONS.size(), "entries");
    Figure.share("KafkaPipeline: jobs of records of the bare loop", jobs, loop, "50 %");
    Figure.share(
        "KafkaPipeline: entries of records of the loop",
        jobs / LOCATIONS.size(),
        loop,
        "none; four times the messages");
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
