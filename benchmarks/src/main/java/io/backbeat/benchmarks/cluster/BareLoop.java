package io.backbeat.benchmarks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the clients of Kafka do by themselves, in one thread: poll, optionally parse each message
 * once with Jackson's tree and produce one message of the same size, flush, commit. Consumer
 * settings are ours; the producer has acks=all and zstd, as ours.
 */
final class BareLoop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private BareLoop() {}

  /** Records per second of consuming and committing only. */
  static double consume(KafkaConnection kafka, String topic, String group, long records) {
    try (Consumer<byte[], byte[]> consumer = consumer(kafka, topic, group)) {
      return run(consumer, records, polled -> {});
    }
  }

  /** Records per second of consuming, parsing, producing one message each, and committing. */
  static double pipeline(
      KafkaConnection kafka, String topic, String group, String into, long records) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.options().bootstrapServers(),
            "acks",
            "all",
            "compression.type",
            "zstd",
            "batch.size",
            128 * 1024,
            "linger.ms",
            1);
    try (Consumer<byte[], byte[]> consumer = consumer(kafka, topic, group);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return run(
          consumer,
          records,
          polled -> {
            for (ConsumerRecord<byte[], byte[]> record : polled) {
              JsonNode message = JSON.readTree(record.value());
              if (!message.has("bucket")) {
                throw new IllegalStateException("no entry at offset " + record.offset());
              }
              var unused = producer.send(new ProducerRecord<>(into, record.key(), record.value()));
            }
            producer.flush();
          });
    }
  }

  private interface Work {
    void on(ConsumerRecords<byte[], byte[]> polled) throws IOException;
  }

  private static Consumer<byte[], byte[]> consumer(
      KafkaConnection kafka, String topic, String group) {
    Consumer<byte[], byte[]> consumer = kafka.consumer(Map.of("group.id", group));
    List<org.apache.kafka.common.TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static double run(Consumer<byte[], byte[]> consumer, long records, Work work) {
    long done = 0;
    long begin = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (done < records) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
      if (begin == 0 && !polled.isEmpty()) {
        begin = System.nanoTime();
      }
      try {
        work.on(polled);
      } catch (IOException e) {
        throw new IllegalStateException("a message is no JSON", e);
      }
      if (!polled.isEmpty()) {
        consumer.commitSync();
      }
      done += polled.count();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(done + " of " + records + " records in " + PATIENCE);
      }
    }
    return done / ((System.nanoTime() - begin) / 1e9);
  }
}
