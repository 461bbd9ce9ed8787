package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.BUCKET;
import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static io.backbeat.server.cluster.ClusterSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backbeat.api.Amount;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.client.BackbeatClient;
import io.backbeat.testing.MongoReplica;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** One server with all roles on the services of a cluster. */
@Timeout(120)
class ClusterServeTest {
  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @Test
  void files_are_copied_everywhere_and_every_service_says_so() throws Exception {
    try (ClusterSite site = new ClusterSite(temp, services)) {
      BackbeatClient backbeat = site.client(site.start());
      Map<String, String> files = site.putAll("a", 20, "holiday");
      long bytes = files.values().stream().mapToLong(String::length).sum();

      site.awaitEverywhere(files);

      assertThat(backbeat.objects().status(ClusterSite.object("a7")).orElseThrow().overall())
          .isEqualTo(OverallStatus.COMPLETED);
      Document stored =
          MongoReplica.shared()
              .client()
              .getDatabase(services.metadata())
              .getCollection(BUCKET)
              .find(new Document("_id", "a7"))
              .first();
      Document info = stored.get("value", Document.class).get("replicationInfo", Document.class);
      assertThat(info.getString("status")).isEqualTo("COMPLETED");
      assertThat(info.getList("backends", Document.class))
          .extracting(backend -> backend.getString("site") + " " + backend.getString("status"))
          .containsExactly("paris COMPLETED", "tokyo COMPLETED");

      site.awaitCounted(20, 20, 0);
      assertThat(site.counter(PARIS, "bytesdone")).isEqualTo(bytes);
      MetricsReport report = backbeat.metrics().report(ServiceName.REPLICATION, TOKYO);
      assertThat(report.completions()).isEqualTo(new Amount(20, bytes));
      assertThat(report.pending()).isEqualTo(Amount.ZERO);
      assertThat(backbeat.metrics().reportAll(ServiceName.REPLICATION).completions())
          .isEqualTo(new Amount(40, 2 * bytes));
      assertThat(backbeat.health().overall()).isEqualTo(ComponentHealth.State.OK);
      assertThat(backbeat.health().components())
          .extracting(ComponentHealth::component)
          .contains("reader/status", "reader/failed", "reader/metrics-crr");
      assertThat(backbeat.deepHealth().toString()).doesNotContain("FAIL");
    }
  }

  @Test
  void a_pause_over_rest_is_in_zookeeper_and_told_in_redis_and_holds_jobs_back() throws Exception {
    try (ClusterSite site = new ClusterSite(temp, services);
        Heard heard = new Heard(site.redis(), services.redisKey("backbeat-replication-tokyo"));
        CuratorFramework zookeeper =
            CuratorFrameworkFactory.newClient(services.zookeeper(), new RetryOneTime(100))) {
      zookeeper.start();
      BackbeatClient backbeat = site.client(site.start());
      String node = "/backbeat/replication/state/tokyo";

      assertThat(backbeat.locations().pause(ServiceName.REPLICATION, TOKYO).target())
          .isEqualTo(TargetState.PAUSED);

      assertThat(new String(zookeeper.getData().forPath(node), StandardCharsets.UTF_8))
          .startsWith("{\"paused\":true");
      heard.await("\"action\":\"pauseService\"");
      site.put("one", "1");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(site.place(PARIS).resolve("one")));
      Awaitility.await()
          .during(Duration.ofMillis(700))
          .until(() -> !Files.exists(site.place(TOKYO).resolve("one")));

      backbeat.locations().resume(ServiceName.REPLICATION, TOKYO);

      heard.await("\"action\":\"resumeService\"");
      assertThat(new String(zookeeper.getData().forPath(node), StandardCharsets.UTF_8))
          .startsWith("{\"paused\":false");
      site.awaitEverywhere(Map.of("one", "1"));
    }
  }

  @Test
  void a_pause_that_an_api_of_the_original_tells_in_redis_is_carried_out() throws Exception {
    try (ClusterSite site = new ClusterSite(temp, services);
        RedisClient redis = site.redis()) {
      BackbeatClient backbeat = site.client(site.start());

      Awaitility.await()
          .until(
              () ->
                  redis.publish(
                          services.redisKey("backbeat-replication-tokyo"),
                          "{\"action\":\"pauseService\"}")
                      > 0);

      Awaitility.await()
          .until(
              () ->
                  backbeat.locations().get(ServiceName.REPLICATION, TOKYO).target()
                      == TargetState.PAUSED);
    }
  }

  @Test
  void a_location_without_a_place_waits_and_keeps_nobody_waiting() {
    String oslo =
        """
        "extensions": {"replication": {"destination": {"bootstrapList": [
          {"site": "oslo", "type": "aws_s3"}]}}},
        """;
    try (ClusterSite site = new ClusterSite(temp, services, oslo)) {
      BackbeatClient backbeat = site.client(site.start());
      site.put("one", "1");

      site.awaitCopies(Map.of("one", "1"));

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(
                          backbeat
                              .objects()
                              .status(ClusterSite.object("one"))
                              .orElseThrow()
                              .sites())
                      .extracting(SiteReplication::location, SiteReplication::status)
                      .containsExactlyInAnyOrder(
                          tuple(PARIS, SiteStatus.COMPLETED),
                          tuple(TOKYO, SiteStatus.COMPLETED),
                          tuple(LocationName.of("oslo"), SiteStatus.PENDING)));
      assertThat(site.unfinished()).isEqualTo(Map.of(LocationName.of("oslo"), new Amount(1, 1)));
      assertThat(backbeat.health().components())
          .anySatisfy(
              component -> {
                assertThat(component.component()).contains("oslo");
                assertThat(component.detail()).contains("has no place", "1 waiting");
              });
    }
  }

  /** What is told on a channel. */
  private static final class Heard extends JedisPubSub implements AutoCloseable {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final RedisClient redis;
    private final Thread thread;

    Heard(RedisClient redis, String channel) {
      this.redis = redis;
      this.thread = new Thread(() -> redis.subscribe(this, channel), "heard");
      thread.setDaemon(true);
      thread.start();
      Awaitility.await().until(this::isSubscribed);
    }

    @Override
    public void onMessage(String channel, String message) {
      messages.add(message);
    }

    void await(String part) {
      Awaitility.await()
          .untilAsserted(() -> assertThat(List.copyOf(messages)).anyMatch(m -> m.contains(part)));
    }

    @Override
    public void close() {
      unsubscribe();
      redis.close();
    }
  }
}
