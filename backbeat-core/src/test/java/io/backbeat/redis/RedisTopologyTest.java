package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisSentinel;

/** The same behind sentinels and on a cluster. */
@Timeout(60)
class RedisTopologyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:20:00.250Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo{x}");
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "k:1", "v");

  @Test
  void master_is_found_by_sentinels() throws Exception {
    int port = RedisService.freePort();
    try (RedisService master = RedisService.start()) {
      RedisSentinel sentinel =
          RedisSentinel.newRedisSentinel()
              .bind("127.0.0.1")
              .port(port)
              .masterName("mymaster")
              .masterPort(master.port())
              .quorumSize(1)
              .build();
      sentinel.start();
      RedisEndpoint endpoint =
          new RedisEndpoint.Sentinels(
              List.of(new RedisAddress("127.0.0.1", port)), "mymaster", Optional.empty());
      try (RedisStore store = open(endpoint)) {
        everythingWorks(store);
      } finally {
        sentinel.stop();
      }
    }
  }

  @Test
  void keys_may_be_on_any_node_of_a_cluster(@TempDir Path directory) {
    try (RedisService cluster = RedisService.startCluster(directory);
        RedisStore store =
            open(
                new RedisEndpoint.Cluster(
                    List.of(new RedisAddress("127.0.0.1", cluster.port()))))) {
      everythingWorks(store);
    }
  }

  private static RedisStore open(RedisEndpoint endpoint) {
    return RedisStore.open(
        RedisOptions.of(endpoint).withTimeout(Duration.ofSeconds(3)), new MutableClock(NOW));
  }

  private static void everythingWorks(RedisStore store) {
    store.ping();
    CounterKey ops = CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS);
    CounterKey pending = CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING);
    store.counters().add(Map.of(ops, 2L, pending, -3L), NOW);
    assertThat(store.counters().gauges(List.of(pending, pending))).containsExactly(-3L, -3L);
    assertThat(store.counters().series(List.of(ops), NOW, CounterStore.INTERVALS).get(0))
        .startsWith(2, 0)
        .hasSize(CounterStore.INTERVALS);

    TreeMap<Instant, Map<CounterKey, Long>> deltas = new TreeMap<>(Map.of(NOW, Map.of(ops, 5L)));
    assertThat(store.countedSources().add("s", 0, 9, deltas)).isTrue();
    assertThat(store.countedSources().add("s", 0, 9, deltas)).isFalse();
    assertThat(store.countedSources().counted("s")).isEqualTo(9);
    assertThat(store.counters().series(List.of(ops), NOW, 1).get(0)).containsExactly(7);

    RecordedFailure failure = new RecordedFailure(PARIS, OBJECT, NOW);
    RecordedFailure other = new RecordedFailure(TOKYO, OBJECT, NOW.minus(Duration.ofHours(3)));
    assertThat(store.failedIndex().add(List.of(failure, other))).isEqualTo(2);
    assertThat(store.failedIndex().counts(List.of(PARIS, TOKYO)))
        .isEqualTo(Map.of(PARIS, 1L, TOKYO, 1L));
    assertThat(store.failedIndex().remove(PARIS, List.of(OBJECT))).isEqualTo(1);

    store
        .view()
        .rebuild(
            List.of(PARIS, TOKYO),
            List.of(new RecordedFailure(PARIS, OBJECT, NOW.minusSeconds(1)), other).iterator(),
            Map.of(PARIS, new Amount(4, 8)));
    assertThat(store.failedIndex().newest(PARIS, 5)).hasSize(1);
    assertThat(store.failedIndex().newest(TOKYO, 5)).containsExactly(other);
    assertThat(store.counters().gauges(List.of(pending))).containsExactly(4L);
  }
}
