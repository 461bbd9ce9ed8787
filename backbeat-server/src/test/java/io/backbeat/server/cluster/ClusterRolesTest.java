package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.serve.ServerRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every role in a server of its own, on the same services. */
@Tag("slow")
@Timeout(180)
class ClusterRolesTest {
  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @Test
  void roles_apart_do_the_same_and_one_processor_takes_over_from_another() {
    try (ClusterSite site = new ClusterSite(temp, services)) {
      BackbeatClient backbeat = site.client(site.start("api"));
      List.of("populator", "status", "gc", "metrics").forEach(site::start);
      ServerRun first = site.start("processor");
      site.start("processor");

      Map<String, String> files = new HashMap<>(site.putAll("a", 40, "before"));
      site.awaitEverywhere(files);
      site.awaitCounted(40, 40, 0);
      assertThat(outcomes()).as("outcomes go over the status topic").isEqualTo(80);

      Map<String, String> more = site.putAll("b", 200, "during");
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(site.place(PARIS).resolve("b0")));
      site.stop(first);
      files.putAll(more);
      site.awaitEverywhere(files);

      site.awaitCounted(240, 240, 0);
      assertThat(backbeat.metrics().report(ServiceName.REPLICATION, PARIS).pending())
          .isEqualTo(Amount.ZERO);
      assertThat(outcomes()).as("each object COMPLETED once at each place").isEqualTo(480);
      site.putAll("a", 3, "again");
      site.awaitCopies(Map.of("a0", "again 0", "a1", "again 1", "a2", "again 2"));
      site.awaitCounted(243, 243, 0);
    }
  }

  /** How many messages are on the status topic. */
  private long outcomes() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", services.kafka());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, 3)
              .mapToObj(p -> new TopicPartition(services.topic("backbeat-replication-status"), p))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
