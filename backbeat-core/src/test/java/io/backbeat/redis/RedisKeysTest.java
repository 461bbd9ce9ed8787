package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What is in Redis, seen with raw commands: as the original writes it. */
class RedisKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:03:20.123Z");
  private static final long INTERVAL = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "a:k/ey:", "3938");

  private final MutableClock clock = new MutableClock(NOW);
  private final RedisService service = RedisService.shared();
  private final RedisClient raw = service.client();
  private RedisStore store;

  @BeforeEach
  void open() {
    raw.flushDB();
    store = RedisStore.open(service.bareOptions(), clock);
  }

  @AfterEach
  void close() {
    store.close();
    raw.close();
  }

  private static CounterKey key(ServiceName service, Counter counter) {
    return CounterKey.of(service, PARIS, counter);
  }

  @Test
  void counters_have_the_names_types_and_lifetimes_of_the_original() {
    CounterKey bytes =
        new CounterKey(
            ServiceName.REPLICATION, PARIS, Optional.of(OBJECT), Counter.OBJECT_BYTES_DONE);

    store
        .counters()
        .add(
            Map.of(
                key(ServiceName.REPLICATION, Counter.OPS),
                1L,
                key(ServiceName.REPLICATION, Counter.OPS_PENDING),
                -2L,
                key(ServiceName.INGESTION, Counter.OPS_DONE),
                3L,
                key(ServiceName.INGESTION, Counter.BYTES_PENDING),
                4L,
                bytes,
                9_007_199_254_740_993L),
            NOW);

    assertThat(all())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "paris:bb:crr:ops:requests:" + INTERVAL,
                "1",
                "paris:bb:crr:opspending",
                "-2",
                "paris:bb:ingestion:opsdone:requests:" + INTERVAL,
                "3",
                "paris:bb:ingestion:bytespending",
                "4",
                "paris:b:a:k/ey::3938:bb:crr:object:bytesdone:requests:" + INTERVAL,
                "9007199254740993"));
    assertThat(raw.ttl("paris:bb:crr:ops:requests:" + INTERVAL)).isBetween(86_390L, 86_400L);
    assertThat(raw.ttl("paris:bb:crr:opspending")).isEqualTo(-1);
  }

  private Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    raw.keys("*").forEach(key -> all.put(key, raw.get(key)));
    return all;
  }

  @Test
  void lifetime_of_a_number_begins_anew_with_each_addition() {
    String name = "paris:bb:crr:ops:requests:" + INTERVAL;
    raw.set(name, "5", redis.clients.jedis.params.SetParams.setParams().ex(10));

    store.counters().add(Map.of(key(ServiceName.REPLICATION, Counter.OPS), 2L), NOW);

    assertThat(raw.get(name)).isEqualTo("7");
    assertThat(raw.ttl(name)).isGreaterThan(86_000);
  }

  @Test
  void names_of_the_original_s_tests_can_be_used() {
    CounterNames names = new CounterNames("", true);

    assertThat(names.of(key(ServiceName.REPLICATION, Counter.OPS_PENDING)))
        .isEqualTo("paris:test:bb:opspending");
    assertThat(names.of(key(ServiceName.INGESTION, Counter.OPS_DONE)))
        .isEqualTo("paris:test:bb:opsdone");
    assertThat(new FailedKeys("", true).of(PARIS, NOW))
        .isEqualTo("test:bb:crr:failed:paris:" + INTERVAL);
  }

  @Test
  void what_is_no_number_counts_as_0_for_readers_and_writers() {
    CounterKey ops = key(ServiceName.REPLICATION, Counter.OPS_PENDING);
    raw.set("paris:bb:crr:opspending", "abc");
    assertThat(store.counters().gauges(List.of(ops))).containsExactly(0L);

    store.counters().add(Map.of(ops, 5L), NOW);

    assertThat(raw.get("paris:bb:crr:opspending")).isEqualTo("5");
  }

  @Test
  void number_that_would_overflow_stays_and_the_others_are_counted() {
    CounterKey ops = key(ServiceName.REPLICATION, Counter.OPS_PENDING);
    CounterKey bytes = key(ServiceName.REPLICATION, Counter.BYTES_PENDING);
    raw.set("paris:bb:crr:bytespending", Long.toString(Long.MAX_VALUE));

    store.counters().add(Map.of(ops, 5L, bytes, 1L), NOW);

    assertThat(store.counters().gauges(List.of(ops, bytes))).containsExactly(5L, Long.MAX_VALUE);
  }

  @Test
  void numbers_read_as_the_original_reads_them() {
    assertThat(StoredNumber.of(null)).isZero();
    assertThat(StoredNumber.of("")).isZero();
    assertThat(StoredNumber.of("x1")).isZero();
    assertThat(StoredNumber.of("-12")).isEqualTo(-12);
    assertThat(StoredNumber.of(" 12abc")).isEqualTo(12);
    assertThat(StoredNumber.of("1.9")).isEqualTo(1);
    assertThat(StoredNumber.of("12345678901234567890")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void open_intervals_are_always_fresh_and_closed_ones_after_five_seconds() {
    CounterKey ops = key(ServiceName.REPLICATION, Counter.OPS);
    assertThat(series(ops, 4)).containsExactly(0, 0, 0, 0);

    for (int i = 0; i < 4; i++) {
      raw.set("paris:bb:crr:ops:requests:" + (INTERVAL - i * 300_000L), "" + (i + 1));
    }

    assertThat(series(ops, 4)).containsExactly(1, 2, 0, 0);
    assertThat(series(ops, 3)).containsExactly(1, 2, 0);
    assertThat(series(ops, 1)).containsExactly(1);
    assertThat(series(ops, 5)).containsExactly(1, 2, 3, 4, 0);
    raw.set("paris:bb:crr:ops:requests:" + (INTERVAL - 600_000L), "30");
    assertThat(series(ops, 5)).containsExactly(1, 2, 3, 4, 0);
    clock.advance(Duration.ofSeconds(5));
    assertThat(series(ops, 5)).containsExactly(1, 2, 30, 4, 0);
  }

  @Test
  void own_addition_to_a_closed_interval_shows_at_once() {
    CounterKey ops = key(ServiceName.REPLICATION, Counter.OPS);
    assertThat(series(ops, 4)).containsExactly(0, 0, 0, 0);

    store.counters().add(Map.of(ops, 7L), NOW.minusSeconds(900));

    assertThat(series(ops, 4)).containsExactly(0, 0, 0, 7);
  }

  @Test
  void closed_intervals_are_not_taken_for_others_when_time_goes_on() {
    CounterKey ops = key(ServiceName.REPLICATION, Counter.OPS);
    raw.set("paris:bb:crr:ops:requests:" + (INTERVAL - 600_000L), "3");
    clock.set(Instant.ofEpochMilli(INTERVAL + 299_000));
    assertThat(series(ops, 4)).containsExactly(0, 0, 3, 0);

    clock.advance(Duration.ofSeconds(2));

    assertThat(series(ops, 4)).containsExactly(0, 0, 0, 3);
  }

  private long[] series(CounterKey key, int intervals) {
    CounterStore counters = store.counters();
    return counters.series(List.of(key), clock.instant(), intervals).get(0);
  }
}
