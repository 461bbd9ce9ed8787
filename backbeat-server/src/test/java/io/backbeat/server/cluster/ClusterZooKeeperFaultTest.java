package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static io.backbeat.server.cluster.ClusterSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.client.BackbeatClient;
import io.backbeat.testing.ZooKeeperService;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper ends sessions, or is away for longer than a session lasts. */
@Tag("slow")
@Timeout(180)
class ClusterZooKeeperFaultTest {
  @TempDir Path temp;

  @Test
  void jobs_go_on_while_zookeeper_is_away_and_nobody_is_told_of_a_pause_that_is_none()
      throws Exception {
    try (ZooKeeperService zookeeper = ZooKeeperService.start();
        ClusterSite site = new ClusterSite(temp, new TestServices().on(zookeeper))) {
      BackbeatClient backbeat = site.client(site.start());
      Map<String, String> files = new HashMap<>(site.putAll("a", 100, "first"));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(site.place(PARIS).resolve("a0")));

      zookeeper.stop();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(site.unfinished()).as("what is queued").isEmpty());
      assertThatThrownBy(() -> backbeat.locations().pause(ServiceName.REPLICATION, TOKYO))
          .isInstanceOf(BackbeatException.class)
          .extracting(e -> ((BackbeatException) e).code())
          .isEqualTo(ErrorCode.INTERNAL_ERROR);
      assertThat(state(backbeat, "zookeeper")).isEqualTo(ComponentHealth.State.FAILING);
      files.putAll(site.putAll("b", 10, "while away"));
      // Longer than a session lasts.
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(4))
          .until(() -> state(backbeat, "zookeeper") == ComponentHealth.State.FAILING);
      zookeeper.restart();

      site.awaitEverywhere(files);
      assertThat(backbeat.locations().get(ServiceName.REPLICATION, TOKYO).target())
          .isEqualTo(TargetState.RUNNING);
      assertHealthy(backbeat);
      backbeat.locations().pause(ServiceName.REPLICATION, TOKYO);
      site.put("late", "after");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(site.place(PARIS).resolve("late")));
      assertThat(site.place(TOKYO).resolve("late")).doesNotExist();
      backbeat.locations().resume(ServiceName.REPLICATION, TOKYO);
      files.put("late", "after");
      site.awaitEverywhere(files);
      site.rebuildAndFindNothingPending();
      assertThat(site.counter(PARIS, "opsdone")).isEqualTo(files.size());
    }
  }

  @Test
  void expired_sessions_cost_the_leadership_for_a_moment_only() throws Exception {
    try (ZooKeeperService zookeeper = ZooKeeperService.start();
        ClusterSite site = new ClusterSite(temp, new TestServices().on(zookeeper))) {
      BackbeatClient backbeat = site.client(site.start());
      site.start("populator,processor");
      Map<String, String> files = new HashMap<>(site.putAll("a", 20, "first"));
      site.awaitEverywhere(files);
      backbeat.locations().pause(ServiceName.REPLICATION, TOKYO);
      // Both processors look for themselves.
      Awaitility.await()
          .during(Duration.ofMillis(700))
          .until(
              () ->
                  backbeat.locations().get(ServiceName.REPLICATION, TOKYO).observed()
                      == ObservedState.PAUSED);

      assertThat(endSessions(zookeeper)).isGreaterThan(1);
      files.putAll(site.putAll("b", 20, "second"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(site.place(PARIS).resolve("b19")));
      assertThat(site.place(TOKYO).resolve("b19")).as("still paused").doesNotExist();
      backbeat.locations().resume(ServiceName.REPLICATION, TOKYO);

      site.awaitEverywhere(files);
      assertHealthy(backbeat);
      site.rebuildAndFindNothingPending();
      assertThat(site.counter(PARIS, "opsdone")).isEqualTo(files.size());
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

  private static ComponentHealth.State state(BackbeatClient backbeat, String component) {
    return backbeat.health().components().stream()
        .filter(c -> c.component().equals(component))
        .findFirst()
        .orElseThrow()
        .state();
  }

  /** Ends all sessions of a server in this JVM, as if they had expired; answers how many. */
  private static int endSessions(ZooKeeperService zookeeper) throws Exception {
    String port = zookeeper.hosts().substring(zookeeper.hosts().indexOf(':') + 1);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    int ended = 0;
    for (ObjectName bean :
        beans.queryNames(
            new ObjectName(
                "org.apache.ZooKeeperService:name0=StandaloneServer_port"
                    + port
                    + ",name1=Connections,*"),
            null)) {
      try {
        beans.invoke(bean, "terminateSession", new Object[0], new String[0]);
        ended++;
      } catch (InstanceNotFoundException gone) {
        // closed by itself
      }
    }
    return ended;
  }
}
