package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message to be written.
 *
 * @param key keeps the order of messages about one object
 * @param value the message
 * @param headers what the message cannot say
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
record Message(String key, byte[] value, JobHeaders headers) {
  ProducerRecord<byte[], byte[]> to(String topic) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    headers.write(record.headers());
    return record;
  }
}
