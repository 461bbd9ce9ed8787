package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.CountedSources;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCountedSourcesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final CounterKey OPS =
      CounterKey.of(ServiceName.REPLICATION, LocationName.of("paris"), Counter.OPS);
  private static final CounterKey PENDING =
      CounterKey.of(ServiceName.REPLICATION, LocationName.of("paris"), Counter.OPS_PENDING);

  private final RedisStore store =
      RedisStore.open(RedisService.shared().options(), MutableClock.create());
  private final CountedSources sources = store.countedSources();

  @AfterEach
  void close() {
    store.close();
  }

  private boolean add(long from, long to, long delta) {
    Map<CounterKey, Long> deltas = Map.of(OPS, delta, PENDING, delta);
    return sources.add(
        "backbeat-metrics-0",
        from,
        to,
        new TreeMap<>(Map.of(NOON, deltas, NOON.minusSeconds(300), deltas)));
  }

  private long pending() {
    return store.counters().gauges(List.of(PENDING)).get(0);
  }

  @Test
  void run_is_counted_once_however_often_it_is_told() {
    assertThat(sources.counted("backbeat-metrics-0")).isZero();

    assertThat(add(0, 10, 3)).isTrue();
    assertThat(add(0, 10, 3)).isFalse();
    assertThat(add(5, 12, 3)).isFalse();

    assertThat(sources.counted("backbeat-metrics-0")).isEqualTo(10);
    assertThat(pending()).isEqualTo(6);
    assertThat(store.counters().series(List.of(OPS), NOON, 3).get(0)).containsExactly(3, 3, 0);
    assertThat(sources.counted("backbeat-metrics-1")).isZero();
  }

  @Test
  void run_without_deltas_moves_the_offset() {
    assertThat(sources.add("x", 0, 7, new TreeMap<>())).isTrue();

    assertThat(sources.counted("x")).isEqualTo(7);
  }

  @Test
  void of_several_that_tell_the_same_one_counts() throws Exception {
    List<Integer> counted =
        Concurrently.run(
            4,
            thread -> {
              int won = 0;
              for (int i = 0; i < 100; i++) {
                won += add(i, i + 1, 1) ? 1 : 0;
              }
              return won;
            });

    long offset = sources.counted("backbeat-metrics-0");
    assertThat(counted.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) offset);
    assertThat(pending()).isEqualTo(2 * offset);
  }

  @Test
  void offset_that_is_no_number_counts_as_nothing_counted() {
    String key = "backbeat-java:counted:odd";
    RedisService service = RedisService.shared();
    try (RedisStore bare = RedisStore.open(service.bareOptions(), MutableClock.create());
        var raw = service.client()) {
      raw.set(key, "abc");
      assertThat(bare.countedSources().counted("odd")).isZero();
      assertThat(bare.countedSources().add("odd", 0, 5, new TreeMap<>())).isTrue();
      assertThat(raw.get(key)).isEqualTo("5");
      raw.del(key);
    }
  }
}
