package io.backbeat.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads single records of a topic. Pure. */
@FunctionalInterface
interface TopicDecoder<T> {
  /**
   * Reads a record.
   *
   * @return empty for a record that means nothing to this reader
   * @throws IllegalArgumentException if nobody can read it; says what is wrong and what would be
   *     right. The record is set aside
   */
  Optional<T> decode(ConsumerRecord<byte[], byte[]> message);
}
