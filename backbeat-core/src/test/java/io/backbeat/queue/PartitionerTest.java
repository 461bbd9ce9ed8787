package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionerTest {
  /** CRC32 worked out by another implementation (zlib's), modulo taken of the unsigned value. */
  @ParameterizedTest
  @CsvSource({
    // crc32("123456789") = 3421780262, above 2^31
    "123456789, 10, 3421780262",
    "123456789, 7, 3421780262",
    "bucket/key, 16, 2190643411",
    "bücket/日本語, 12, 3849357942",
  })
  void a_key_has_the_partition_that_librdkafka_gives_it(String key, int partitions, long crc) {
    assertThat(Partitioner.partition(key, partitions)).isEqualTo((int) (crc % partitions));
  }

  @Test
  void one_partition_takes_all() {
    assertThat(Partitioner.partition("any", 1)).isZero();
  }

  @Test
  void every_partition_gets_about_its_share() {
    int[] counts = new int[8];
    IntStream.range(0, 8000).forEach(i -> counts[Partitioner.partition("bucket/key-" + i, 8)]++);

    assertThat(IntStream.of(counts)).allMatch(count -> count >= 800 && count <= 1200);
  }

  @Test
  void no_partition_is_a_mistake() {
    assertThatThrownBy(() -> Partitioner.partition("k", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
