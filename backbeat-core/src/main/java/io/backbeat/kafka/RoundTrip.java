package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.BackbeatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a canary to each partition of a topic and reads it back, in no group. Canaries are what
 * the original's consumers skip. Thread-safe.
 */
final class RoundTrip {
  private static final Logger LOG = LoggerFactory.getLogger(RoundTrip.class);
  private static final byte[] KEY = "canary".getBytes(UTF_8);
  private static final Duration STEP = Duration.ofMillis(100);

  private final KafkaConnection connection;

  RoundTrip(KafkaConnection connection) {
    this.connection = connection;
  }

  SortedMap<Integer, Boolean> make(String topic, Duration atMost) {
    long deadline = System.nanoTime() + Math.min(atMost.toNanos(), Duration.ofDays(1).toNanos());
    byte[] canary = ("{\"canary\":true,\"id\":\"" + UUID.randomUUID() + "\"}").getBytes(UTF_8);
    SortedMap<Integer, Boolean> back = new TreeMap<>();
    Map<TopicPartition, Long> written = new HashMap<>();
    for (TopicLayout.Partition partition : connection.ensure(topic).partitions()) {
      int number = partition.number();
      back.put(number, false);
      try {
        long offset =
            connection
                .send(List.of(new ProducerRecord<>(topic, number, KEY, canary)))
                .get(0)
                .offset();
        written.put(new TopicPartition(topic, number), offset);
      } catch (BackbeatException e) {
        LOG.warn(
            "no marker could be written to partition {} of {}: {}", number, topic, e.getMessage());
      }
    }
    read(written, canary, back, deadline);
    return back;
  }

  private void read(
      Map<TopicPartition, Long> written,
      byte[] canary,
      SortedMap<Integer, Boolean> back,
      long deadline) {
    try (Consumer<byte[], byte[]> consumer = connection.consumer(Map.of())) {
      consumer.assign(written.keySet());
      written.forEach(consumer::seek);
      int missing = written.size();
      while (missing > 0 && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
          if (java.util.Arrays.equals(record.value(), canary)) {
            back.put(record.partition(), true);
            consumer.pause(List.of(new TopicPartition(record.topic(), record.partition())));
            missing--;
          }
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException | BackbeatException e) {
      LOG.warn("markers could not be read back: {}", e.getMessage());
    }
  }
}
