package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.client.BackbeatClient;
import io.backbeat.testing.KafkaCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only broker is restarted while jobs run. */
@Tag("slow")
@Timeout(180)
class ClusterBrokerFaultTest {
  @TempDir Path temp;
  @TempDir Path logs;

  @Test
  void broker_restarted_in_the_middle_loses_nothing_and_keeps_the_order_of_each_key() {
    try (KafkaCluster kafka = KafkaCluster.start(logs, 1);
        ClusterSite site = new ClusterSite(temp, new TestServices().on(kafka))) {
      BackbeatClient backbeat = site.client(site.start());
      Map<String, String> files = new HashMap<>(site.putAll("a", 150, "first"));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(site.place(PARIS).resolve("a0")));

      kafka.stopBroker(1);
      files.putAll(site.putAll("a", 20, "second"));
      files.putAll(site.putAll("b", 20, "new"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> backbeat.health().overall() == ComponentHealth.State.FAILING);
      kafka.startBroker(1);
      files.putAll(site.putAll("a", 5, "third"));

      site.awaitEverywhere(files);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(backbeat.health().components())
                      .allMatch(c -> c.state() == ComponentHealth.State.OK));
      site.rebuildAndFindNothingPending();
      assertThat(site.stores().quarantine().count()).isZero();
    }
  }
}
