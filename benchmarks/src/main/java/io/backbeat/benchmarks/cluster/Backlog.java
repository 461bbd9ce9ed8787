package io.backbeat.benchmarks.cluster;

import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaJobQueue;
import io.backbeat.kafka.ReplicationTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills the replication topic: publishes all entries as the populator does, reads the records back,
 * and repeats them byte for byte with a bare producer until there are as many as wanted.
 */
final class Backlog {
  private static final int BATCH = 1_000;
  private static final int REPORT = 100_000;

  private Backlog() {}

  /**
   * Fills the topic.
   *
   * @param atMost gives up after this time
   * @return how many records there are
   */
  static long fill(
      KafkaConnection kafka,
      ReplicationTopics topics,
      Entries entries,
      long wanted,
      Duration atMost) {
    String topic = kafka.topic(topics.replication());
    try (KafkaJobQueue queue = KafkaJobQueue.on(kafka, topics, Clock.systemUTC())) {
      for (int from = 0; from < entries.count(); from += BATCH) {
        queue.publish(entries.jobs(from, Math.min(entries.count(), from + BATCH)));
      }
    }
    List<ConsumerRecord<byte[], byte[]>> records = read(kafka, topic, entries.count());
    long sent = records.size();
    long deadline = System.nanoTime() + atMost.toNanos();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.options().bootstrapServers(),
            "compression.type",
            "zstd",
            "batch.size",
            256 * 1024,
            "linger.ms",
            20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (sent < wanted) {
        ConsumerRecord<byte[], byte[]> again = records.get((int) (sent % records.size()));
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, again.partition(), again.key(), again.value(), again.headers()));
        sent++;
        if (sent % REPORT == 0 && System.nanoTime() > deadline) {
          break;
        }
      }
      producer.flush();
    }
    return sent;
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConnection kafka, String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(count);
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    if (records.size() < count) {
      throw new IllegalStateException(
          "one record for each of " + count + " entries was expected, there are " + records.size());
    }
    return records;
  }
}
