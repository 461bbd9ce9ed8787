package io.backbeat.kafka;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * The partitioner {@code consistent_random} of librdkafka, its default: {@link
 * io.backbeat.queue.Partitioner CRC32} of the key, and any partition without one. Made by Kafka's
 * producer. Thread-safe.
 */
public final class Crc32Partitioner implements Partitioner {
  /** For Kafka. */
  public Crc32Partitioner() {}

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    int partitions = cluster.partitionCountForTopic(topic);
    if (keyBytes != null && keyBytes.length > 0) {
      return io.backbeat.queue.Partitioner.partition(keyBytes, partitions);
    }
    // One that has a leader, if there is any; librdkafka looks for one too.
    var available = cluster.availablePartitionsForTopic(topic);
    return available.isEmpty()
        ? ThreadLocalRandom.current().nextInt(partitions)
        : any(available).partition();
  }

  private static PartitionInfo any(java.util.List<PartitionInfo> partitions) {
    return partitions.get(ThreadLocalRandom.current().nextInt(partitions.size()));
  }

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
