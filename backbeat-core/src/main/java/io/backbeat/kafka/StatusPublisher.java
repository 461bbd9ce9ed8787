package io.backbeat.kafka;

import io.backbeat.job.JobEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Hands outcomes of replication over to whichever process reads the status topic, ours or the
 * original's. They are on the topic, on all in-sync replicas, when a call returns; that process
 * tells the events in the end, so none are told here.
 *
 * <p>Jobs of other types have no messages in that topic, and jobs that need no attempt have none
 * anywhere; both are settled here, by the settler given. Thread-safe if that is.
 */
public final class StatusPublisher implements OutcomeSettler {
  private final KafkaConnection connection;
  private final String topic;
  private final ReplayBudget budget;
  private final OutcomeSettler direct;

  /**
   * Publishes through a connection that stays the caller's to close.
   *
   * @param budget how attempts are told to processes of the original
   * @param direct settles what the topic has no messages for
   */
  public StatusPublisher(
      KafkaConnection connection,
      ReplicationTopics topics,
      ReplayBudget budget,
      OutcomeSettler direct) {
    this.connection = connection;
    this.topic = connection.topic(topics.status());
    this.budget = budget;
    this.direct = direct;
  }

  /**
   * {@inheritDoc}
   *
   * @return what was settled here; nothing for replication
   */
  @Override
  public List<JobEvent> settle(List<FinishedAttempt> attempts) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(attempts.size());
    List<FinishedAttempt> others = new ArrayList<>();
    for (FinishedAttempt attempt : attempts) {
      if (attempt.job().key().type().tracksStatus()) {
        records.add(StatusMessage.of(topic, attempt, budget));
      } else {
        others.add(attempt);
      }
    }
    if (!records.isEmpty()) {
      connection.send(records);
    }
    return others.isEmpty() ? List.of() : direct.settle(others);
  }

  @Override
  public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
    return direct.drop(needless, at);
  }
}
