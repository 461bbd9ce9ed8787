package io.backbeat.kafka;

import io.backbeat.job.JobEvent;
import io.backbeat.log.QuarantineStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads the status topic, for processes that settle the outcomes of others. */
public final class StatusReader {
  /** What the reader is called in messages and in its progress. */
  public static final String NAME = "status";

  private StatusReader() {}

  /**
   * A reader in the group of the original's status processors, not started. It settles a poll at a
   * time, in order per object; offsets are committed after that and after the events were told, so
   * a crash settles and tells again what it did not commit.
   *
   * <p>A message with PENDING, by which an API of the original announces a retry, moves the status
   * to PENDING and does nothing else; the job itself is in the topic of jobs.
   *
   * @param gather how long messages are collected before they are settled together, so that those
   *     of the locations of one object become one write where the statuses are in its metadata; at
   *     most 2,000 messages. Zero settles each poll
   * @param settler a {@link io.backbeat.status.StatusProcessor}: its answer to an outcome that is
   *     out of date is to change nothing
   * @param ledger tells how many attempts were made of a job whose message does not say it
   * @param events hears what happened; must not throw
   */
  public static TopicReader<?> create(
      KafkaConnection connection,
      ReplicationTopics topics,
      ReplayBudget budget,
      Duration gather,
      OutcomeSettler settler,
      StatusStore statuses,
      FailedJobStore ledger,
      Consumer<List<JobEvent>> events,
      QuarantineStore quarantine,
      Clock clock) {
    List<String> names = List.of(connection.topic(topics.status()));
    return new TopicReader<>(
        NAME,
        names,
        new TopicConsumers(connection, topics.statusGroup(), names),
        new StatusDecoder(budget),
        new StatusSettling(settler, statuses, ledger, events),
        quarantine,
        clock,
        Gather.over(gather));
  }

  /** The same; each poll is settled by itself. */
  public static TopicReader<?> create(
      KafkaConnection connection,
      ReplicationTopics topics,
      ReplayBudget budget,
      OutcomeSettler settler,
      StatusStore statuses,
      FailedJobStore ledger,
      Consumer<List<JobEvent>> events,
      QuarantineStore quarantine,
      Clock clock) {
    return create(
        connection,
        topics,
        budget,
        Duration.ZERO,
        settler,
        statuses,
        ledger,
        events,
        quarantine,
        clock);
  }
}
