package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static io.backbeat.server.cluster.ClusterSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.testing.RedisService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis is away while jobs run, and comes back with nothing of what it held. */
@Tag("slow")
@Timeout(180)
class ClusterRedisFaultTest {
  @TempDir Path temp;

  @Test
  void jobs_go_on_without_redis_and_a_rebuild_recreates_what_it_lost() throws Exception {
    try (RedisService redis = RedisService.start();
        ClusterSite site = new ClusterSite(temp, new TestServices().on(redis))) {
      BackbeatClient backbeat = site.client(site.start());
      Map<String, String> files = new HashMap<>(site.putAll("a", 10, "first"));
      site.awaitEverywhere(files);
      site.refuse(TOKYO, "bad");
      Map<String, String> bad = site.putAll("bad/x:", 5, "bad");
      awaitFailures(backbeat, 5);
      Awaitility.await().until(() -> site.failedMembers(TOKYO).size() == 5);
      Map<String, Double> before = site.failedMembers(TOKYO);

      redis.stop();
      files.putAll(site.putAll("b", 20, "without redis"));
      site.awaitCopies(files);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(site.unfinished()).isEmpty());
      assertThatThrownBy(() -> backbeat.metrics().reportAll(ServiceName.REPLICATION))
          .as("no zeros while nobody knows")
          .isInstanceOf(BackbeatException.class);
      redis.restart();

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(site.counter(PARIS, "opsdone")).as("counters follow").isEqualTo(20));
      assertThat(site.failedMembers(TOKYO)).as("lost").isEmpty();
      assertThat(failures(backbeat)).as("the ledger has them").hasSize(5);
      backbeat.locations().pause(ServiceName.REPLICATION, PARIS);
      Awaitility.await()
          .until(
              () ->
                  backbeat
                      .locations()
                      .get(ServiceName.REPLICATION, PARIS)
                      .observed()
                      .name()
                      .equals("PAUSED"));
      Map<String, String> waiting = site.putAll("c", 3, "waits");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(site.unfinished()).isEqualTo(Map.of(PARIS, new Amount(3, 21)));
                assertThat(site.counter(PARIS, "opspending")).as("all is counted").isEqualTo(3);
              });
      site.spoilGauges();

      FailureIndex.Changes rebuilt =
          site.failureIndex().rebuild(new FailureIndex.Selection(ClusterSite.PLACES, false));

      assertThat(rebuilt.written()).isEqualTo(5);
      assertThat(site.failedMembers(TOKYO)).isEqualTo(before);
      assertThat(site.failedMembers(TOKYO).keySet()).isEqualTo(members(backbeat));
      assertThat(site.counter(PARIS, "opspending")).isEqualTo(3);
      assertThat(site.counter(PARIS, "bytespending")).isEqualTo(21);
      assertThat(site.counter(TOKYO, "opspending")).isZero();

      backbeat.locations().resume(ServiceName.REPLICATION, PARIS);
      site.accept(TOKYO, "bad");
      List<RetryRequest> again =
          failures(backbeat).stream()
              .map(failed -> RetryRequest.of(failed.object(), failed.location()))
              .toList();
      assertThat(backbeat.failed().retry(again)).hasSize(5);
      files.putAll(bad);
      files.putAll(waiting);
      site.awaitEverywhere(files);
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(site.failedMembers(TOKYO)).isEmpty();
                assertThat(site.counter(PARIS, "opspending")).isZero();
                assertThat(site.counter(TOKYO, "opspending")).isZero();
              });
      site.rebuildAndFindNothingPending();
    }
  }

  private static void awaitFailures(BackbeatClient backbeat, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(failures(backbeat)).hasSize(count));
  }

  private static List<FailedOperation> failures(BackbeatClient backbeat) {
    return backbeat.failed().stream(TOKYO).toList();
  }

  private static Set<String> members(BackbeatClient backbeat) {
    return failures(backbeat).stream()
        .map(FailedOperation::object)
        .map(object -> object.bucket() + ":" + object.key() + ":" + object.versionId())
        .collect(Collectors.toSet());
  }
}
