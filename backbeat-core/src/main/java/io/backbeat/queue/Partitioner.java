package io.backbeat.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/**
 * Which partition an ordering key belongs to: CRC32 of its UTF-8 bytes modulo the number of
 * partitions. The same as librdkafka's {@code consistent} partitioner, so that jobs of one key stay
 * in one partition whoever published them. (The default of the Java client of Kafka is murmur2,
 * which would tear keys apart.)
 */
public final class Partitioner {
  private Partitioner() {}

  /**
   * The partition of a key.
   *
   * @param orderingKey any text, not empty for a defined order
   * @param partitions number of partitions, at least 1
   * @return from 0 to {@code partitions - 1}
   */
  public static int partition(String orderingKey, int partitions) {
    return partition(orderingKey.getBytes(UTF_8), partitions);
  }

  /**
   * The partition of the bytes of a key; as {@link #partition(String, int)}.
   *
   * @param key not empty for a defined order
   * @param partitions number of partitions, at least 1
   * @return from 0 to {@code partitions - 1}
   */
  public static int partition(byte[] key, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be >= 1, was " + partitions);
    }
    var crc = new CRC32();
    crc.update(key);
    return (int) (crc.getValue() % partitions);
  }
}
