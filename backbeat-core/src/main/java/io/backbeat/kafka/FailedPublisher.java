package io.backbeat.kafka;

import io.backbeat.job.JobEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the failed topic which versions failed for good, for the consumers of the original, which
 * keep them in Redis. Thread-safe.
 */
public final class FailedPublisher {
  private final KafkaConnection connection;
  private final String topic;
  private final String prefix;

  /**
   * Publishes through a connection that stays the caller's to close.
   *
   * @param testKeys whether the keys of failures are those of the original's test environments
   *     ({@code CI=true})
   */
  public FailedPublisher(KafkaConnection connection, ReplicationTopics topics, boolean testKeys) {
    this.connection = connection;
    this.topic = connection.topic(topics.failed());
    this.prefix = testKeys ? FailedMessage.TEST_PREFIX : FailedMessage.PREFIX;
  }

  /**
   * Publishes failures of replication; those of other job types have no messages. On all in-sync
   * replicas on return.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Kafka does not answer: some, all or
   *     none are published, and a retry may publish some twice, which does no harm
   */
  public void publish(List<JobEvent.Failed> failures) {
    List<ProducerRecord<byte[], byte[]>> records =
        failures.stream()
            .filter(failed -> failed.job().key().type().tracksStatus())
            .map(this::message)
            .toList();
    if (!records.isEmpty()) {
      connection.send(records);
    }
  }

  /**
   * A settler that also publishes the failures it settles before it returns, so that no offset is
   * committed before (the original does not wait, and loses them in a crash).
   */
  public OutcomeSettler announcing(OutcomeSettler settler) {
    return new OutcomeSettler() {
      @Override
      public List<JobEvent> settle(List<FinishedAttempt> attempts) {
        List<JobEvent> events = settler.settle(attempts);
        publish(
            events.stream()
                .filter(JobEvent.Failed.class::isInstance)
                .map(JobEvent.Failed.class::cast)
                .toList());
        return events;
      }

      @Override
      public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
        return settler.drop(needless, at);
      }
    };
  }

  private ProducerRecord<byte[], byte[]> message(JobEvent.Failed failed) {
    FailedNotice notice =
        new FailedNotice(failed.job().location(), failed.job().object(), failed.at());
    return new ProducerRecord<>(topic, FailedMessage.toJson(notice, prefix));
  }
}
