package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32PartitionerTest {
  private static final Node NODE = new Node(1, "localhost", 9092);
  private final Crc32Partitioner partitioner = new Crc32Partitioner();

  /** The right column is zlib's crc32 of the bytes, modulo the partitions, as librdkafka has it. */
  @ParameterizedTest
  @CsvSource({
    "123456789, 16, 6",
    "b%2Fk, 5, 4",
    "b%2Fk, 16, 1",
    "test-bucket%2Ftest-key, 16, 7",
    "b%2F%E4%B8%AD, 16, 5",
    "canary, 3, 1",
    "bucket/kéy, 7, 4"
  })
  void a_key_has_the_partition_of_librdkafka(String key, int partitions, int expected) {
    assertThat(partition(key.getBytes(UTF_8), partitions)).isEqualTo(expected);
  }

  @Test
  void without_a_key_any_partition_with_a_leader_is_taken() {
    Cluster cluster = cluster(4, Set.of(0, 2, 3));
    for (byte[] key : new byte[][] {null, {}}) {
      Set<Integer> taken = new HashSet<>();
      for (int i = 0; i < 1_000; i++) {
        taken.add(partitioner.partition("t", null, key, null, null, cluster));
      }
      assertThat(taken).containsExactlyInAnyOrder(0, 2, 3);
    }
  }

  @Test
  void a_key_stays_in_its_partition_also_while_that_has_no_leader() {
    byte[] key = "b%2Fk".getBytes(UTF_8);
    int partition = partition(key, 4);
    assertThat(
            partitioner.partition(
                "t", null, key, null, null, cluster(4, Set.of((partition + 1) % 4))))
        .isEqualTo(partition);
  }

  private int partition(byte[] key, int partitions) {
    Set<Integer> all = new HashSet<>(IntStream.range(0, partitions).boxed().toList());
    return partitioner.partition("t", null, key, null, null, cluster(partitions, all));
  }

  private static Cluster cluster(int partitions, Set<Integer> led) {
    Node[] nodes = {NODE};
    List<PartitionInfo> infos =
        IntStream.range(0, partitions)
            .mapToObj(i -> new PartitionInfo("t", i, led.contains(i) ? NODE : null, nodes, nodes))
            .toList();
    return new Cluster("c", List.of(NODE), infos, Set.of(), Set.of());
  }
}
