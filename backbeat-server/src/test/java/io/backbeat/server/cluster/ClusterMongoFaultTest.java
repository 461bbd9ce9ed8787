package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backbeat.api.ComponentHealth;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.serve.ServerRun;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MongoReplica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MongoDB cuts connections, ends change streams, and forgets what was not read yet. */
@Tag("slow")
@Timeout(180)
class ClusterMongoFaultTest {
  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @BeforeEach
  void needs_the_stand_in() {
    assumeTrue(MongoReplica.shared().isStandIn());
  }

  @Test
  void cut_connections_and_killed_change_streams_lose_nothing() {
    try (ClusterSite site = new ClusterSite(temp, services)) {
      BackbeatClient backbeat = site.client(site.start());
      Map<String, String> files = new HashMap<>();
      for (int round = 0; round < 3; round++) {
        files.putAll(site.putAll("a", 40, "round " + round));
        MongoReplica.shared().cutConnections();
        files.putAll(site.putAll("b" + round, 10, "cut"));
        MongoReplica.shared().killChangeStreams(services.metadata());
        MongoReplica.shared().refuse("find", 2, 10107);
        MongoReplica.shared().refuse("update", 2, 10107);
        site.awaitEverywhere(files);
      }
      assertHealthy(backbeat);
      site.rebuildAndFindNothingPending();
      assertThat(site.stores().quarantine().count()).isZero();
    }
  }

  @Test
  void history_that_is_lost_is_listed_again_and_told_and_health_recovers() {
    try (ClusterSite site = new ClusterSite(temp, services)) {
      ServerRun first = site.start();
      Map<String, String> files = new HashMap<>(site.putAll("a", 5, "first"));
      site.awaitEverywhere(files);
      site.stop(first);
      site.put("unseen", "lost");
      site.stores().journal().append(List.of(Metadata.pending(BUCKET, "unseen", "paris").put()));
      MongoReplica.shared().loseHistory(services.metadata());

      BackbeatClient backbeat = site.client(site.start());
      files.put("unseen", "lost");
      site.awaitEverywhere(files);

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(backbeat.health().components())
                      .anySatisfy(
                          component -> {
                            assertThat(component.component()).startsWith("populator");
                            assertThat(component.state()).isEqualTo(ComponentHealth.State.OK);
                            assertThat(component.detail())
                                .contains("lost")
                                .contains("listed again");
                          }));
      assertHealthy(backbeat);
      site.rebuildAndFindNothingPending();
    }
  }

  private static void assertHealthy(BackbeatClient backbeat) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(backbeat.health().components())
                    .allMatch(c -> c.state() == ComponentHealth.State.OK));
  }
}
