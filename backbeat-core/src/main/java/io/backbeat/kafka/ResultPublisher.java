package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells whoever asked for an action what came of it, on the topic that the action names. Messages
 * have no key. Thread-safe.
 */
public final class ResultPublisher {
  private final KafkaConnection connection;

  /** Publishes through a connection that stays the caller's to close. */
  public ResultPublisher(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Publishes a result. On all in-sync replicas on return.
   *
   * @param resultsTopic its name without the prefix of topics
   * @param message JSON text
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Kafka does not answer; a retry may
   *     publish it twice, and does no other harm
   */
  public void publish(String resultsTopic, String message) {
    if (resultsTopic.isEmpty()) {
      throw new IllegalArgumentException("resultsTopic must name a topic, was empty");
    }
    connection.send(
        List.of(
            new ProducerRecord<byte[], byte[]>(
                connection.topic(resultsTopic), message.getBytes(UTF_8))));
  }
}
