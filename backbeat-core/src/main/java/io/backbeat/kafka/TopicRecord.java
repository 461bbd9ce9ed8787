package io.backbeat.kafka;

import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantinedEntry;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record and what it was read as.
 *
 * @param source as it came
 * @param value what it says
 */
record TopicRecord<T>(ConsumerRecord<byte[], byte[]> source, T value) {
  private static final byte[] NONE = {};

  /** Where it stands in its partition. */
  long offset() {
    return source.offset();
  }

  /** Where a record stands: {@code topic/partition/offset}. */
  static LogPosition position(ConsumerRecord<byte[], byte[]> source) {
    return new LogPosition(source.topic() + '/' + source.partition() + '/' + source.offset());
  }

  /** A record to be set aside. */
  static QuarantinedEntry unreadable(
      ConsumerRecord<byte[], byte[]> source, String reason, Instant at) {
    byte[] value = Objects.requireNonNullElse(source.value(), NONE);
    return new QuarantinedEntry(position(source), "", "", value, reason, at);
  }
}
