package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.replication.CopyResults;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells whoever asked for an action what came of it, on the topic that the action names. Messages
 * have no key. Thread-safe.
 */
public final class ResultPublisher implements CopyResults {
  private final KafkaConnection connection;

  /** Publishes through a connection that stays the caller's to close. */
  public ResultPublisher(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Publishes a result. On all in-sync replicas on return.
   *
   * @param topic its name without the prefix of topics
   * @param result JSON text
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Kafka does not answer; a retry may
   *     publish it twice, and does no other harm
   */
  @Override
  public void publish(String topic, String result) {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("a result needs the name of a topic, was empty");
    }
    connection.send(
        List.of(
            new ProducerRecord<byte[], byte[]>(connection.topic(topic), result.getBytes(UTF_8))));
  }
}
