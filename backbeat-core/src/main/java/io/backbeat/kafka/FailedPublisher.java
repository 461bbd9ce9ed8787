package io.backbeat.kafka;

import io.backbeat.job.JobEvent;
import io.backbeat.status.FailureNotices;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the failed topic which versions failed for good, for the consumers of the original, which
 * keep them in Redis. Thread-safe.
 */
public final class FailedPublisher implements FailureNotices {
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
  @Override
  public void failed(List<JobEvent.Failed> failures) {
    List<ProducerRecord<byte[], byte[]>> records =
        failures.stream()
            .filter(failed -> failed.job().key().type().tracksStatus())
            .map(this::message)
            .toList();
    if (!records.isEmpty()) {
      connection.send(records);
    }
  }

  private ProducerRecord<byte[], byte[]> message(JobEvent.Failed failed) {
    FailedNotice notice =
        new FailedNotice(failed.job().location(), failed.job().object(), failed.at());
    return new ProducerRecord<>(topic, FailedMessage.toJson(notice, prefix));
  }
}
