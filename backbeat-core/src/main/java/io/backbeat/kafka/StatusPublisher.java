package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.job.JobEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands outcomes of replication over to whichever process reads the status topic, ours or the
 * original's. They are on the topic, on all in-sync replicas, when a call returns; that process
 * tells the events in the end, so none are told here.
 *
 * <p>The topic has no messages for jobs of other types, for jobs that need no attempt, and for
 * attempts at a job whose payload is no metadata of its location, and it does not take messages
 * that are too large; they are settled here, by the settler given. Thread-safe if that is.
 */
public final class StatusPublisher implements OutcomeSettler {
  private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);

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
    List<Outgoing> outgoing = new ArrayList<>(attempts.size());
    List<FinishedAttempt> others = new ArrayList<>();
    for (FinishedAttempt attempt : attempts) {
      message(attempt)
          .ifPresentOrElse(
              record -> outgoing.add(new Outgoing(attempt, record)), () -> others.add(attempt));
    }
    if (!sent(outgoing)) {
      // Some of them may be on the topic twice now: the second one finds its attempt settled.
      outgoing.stream()
          .filter(message -> !sent(List.of(message)))
          .map(Outgoing::attempt)
          .forEach(others::add);
    }
    return others.isEmpty() ? List.of() : direct.settle(others);
  }

  private record Outgoing(FinishedAttempt attempt, ProducerRecord<byte[], byte[]> record) {}

  /** Whether all are on the topic; false if one is too large for it. */
  private boolean sent(List<Outgoing> outgoing) {
    if (outgoing.isEmpty()) {
      return true;
    }
    try {
      connection.send(outgoing.stream().map(Outgoing::record).toList());
      return true;
    } catch (BackbeatException e) {
      if (e.code() != ErrorCode.REQUEST_TOO_LARGE) {
        throw e;
      }
      if (outgoing.size() == 1) {
        LOG.warn("{} is settled here: {}", outgoing.get(0).attempt().job().key(), e.getMessage());
      }
      return false;
    }
  }

  /** Empty if the topic has no message for it. */
  private Optional<ProducerRecord<byte[], byte[]>> message(FinishedAttempt attempt) {
    if (!attempt.job().key().type().tracksStatus()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StatusMessage.of(topic, attempt, budget));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is settled here: {}", attempt.job().key(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
    return direct.drop(needless, at);
  }
}
