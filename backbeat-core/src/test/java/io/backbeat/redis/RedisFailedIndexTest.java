package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisFailedIndexTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:20:00.250Z");
  private static final Instant HOUR = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "a:b::c", "3938");

  private final MutableClock clock = new MutableClock(NOW);
  private final RedisService service = RedisService.shared();
  private final RedisClient raw = service.client();
  private RedisStore store;
  private RedisFailedIndex index;

  @BeforeEach
  void open() {
    raw.flushDB();
    store = RedisStore.open(service.bareOptions(), clock);
    index = store.failedIndex();
  }

  @AfterEach
  void close() {
    store.close();
    raw.close();
  }

  private static RecordedFailure failure(LocationName location, ObjectVersion object, Instant at) {
    return new RecordedFailure(location, object, at);
  }

  private List<RecordedFailure> scan(LocationName location) {
    List<RecordedFailure> found = new ArrayList<>();
    index.scan(location, found::add);
    return found;
  }

  @Test
  void failure_is_written_as_the_original_writes_it() {
    assertThat(index.add(List.of(failure(PARIS, OBJECT, NOW)))).isEqualTo(1);

    String key = "bb:crr:failed:paris:" + HOUR.toEpochMilli();
    assertThat(raw.keys("*")).containsExactly(key);
    assertThat(raw.zscore(key, "bucket:a:b::c:3938")).isEqualTo(NOW.toEpochMilli());
    // 24 hours less what has passed of the hour: 20 minutes and a quarter of a second
    assertThat(raw.ttl(key)).isBetween(86_400L - 1_200 - 10, 86_400L - 1_200);
  }

  @Test
  void later_failure_in_the_hour_leaves_its_end_alone() {
    index.add(List.of(failure(PARIS, OBJECT, NOW)));
    String key = "bb:crr:failed:paris:" + HOUR.toEpochMilli();
    raw.expire(key, 100);

    index.add(List.of(failure(PARIS, OBJECT, NOW.plusSeconds(5))));

    assertThat(raw.ttl(key)).isLessThanOrEqualTo(100);
    assertThat(scan(PARIS)).containsExactly(failure(PARIS, OBJECT, millis(NOW.plusSeconds(5))));
  }

  private static Instant millis(Instant at) {
    return Instant.ofEpochMilli(at.toEpochMilli());
  }

  @Test
  void failures_go_to_the_hour_they_happened_in_and_old_ones_are_refused() {
    ObjectVersion other = ObjectVersion.unversioned("b", "k");
    int added =
        index.add(
            List.of(
                failure(PARIS, OBJECT, NOW),
                failure(PARIS, other, NOW.minus(Duration.ofHours(23))),
                failure(TOKYO, other, NOW),
                failure(PARIS, other, NOW.minus(Duration.ofHours(24)))));

    assertThat(added).isEqualTo(3);
    assertThat(index.counts(List.of(PARIS, TOKYO))).isEqualTo(Map.of(PARIS, 2L, TOKYO, 1L));
    assertThat(index.count(LocationName.of("oslo"))).isZero();
    assertThat(index.newest(PARIS, 10))
        .containsExactly(
            failure(PARIS, OBJECT, NOW), failure(PARIS, other, NOW.minus(Duration.ofHours(23))));
    assertThat(index.newest(PARIS, 1)).hasSize(1);
  }

  @Test
  void removal_reaches_every_hour() {
    for (int hour = 0; hour < 24; hour++) {
      index.add(List.of(failure(PARIS, OBJECT, NOW.minus(Duration.ofHours(hour)))));
    }
    index.add(List.of(failure(TOKYO, OBJECT, NOW)));
    assertThat(index.count(PARIS)).isEqualTo(24);
    assertThat(index.newest(PARIS, 5)).containsExactly(failure(PARIS, OBJECT, NOW));

    assertThat(index.remove(PARIS, List.of(OBJECT))).isEqualTo(24);

    assertThat(index.count(PARIS)).isZero();
    assertThat(index.count(TOKYO)).isEqualTo(1);
    assertThat(index.remove(PARIS, List.of())).isZero();
  }

  @Test
  void member_of_another_form_is_counted_and_left_out_of_lists() {
    raw.zadd("bb:crr:failed:paris:" + HOUR.toEpochMilli(), 5, "nonsense");
    index.add(List.of(failure(PARIS, OBJECT, NOW)));

    assertThat(index.count(PARIS)).isEqualTo(2);
    assertThat(scan(PARIS)).containsExactly(failure(PARIS, OBJECT, NOW));
  }

  /** Who takes failures over in this order lists the newest first. */
  @Test
  void scan_tells_the_oldest_first() {
    List<RecordedFailure> failures =
        IntStream.of(80, 79, 3, 1, 0)
            .mapToObj(
                minutes ->
                    failure(
                        PARIS,
                        new ObjectVersion("b", "k" + minutes, "v"),
                        NOW.minus(Duration.ofMinutes(minutes))))
            .toList();
    index.add(failures);

    assertThat(scan(PARIS)).containsExactlyElementsOf(failures);
  }

  @Test
  void scan_tells_everything_of_a_large_hour() {
    List<RecordedFailure> many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> failure(PARIS, new ObjectVersion("b", "k" + i, "v"), NOW))
            .toList();
    index.add(many);

    assertThat(scan(PARIS)).containsAll(many);
    assertThat(index.newest(PARIS, 100)).hasSize(100);
  }

  @Test
  void rebuild_replaces_what_is_there_and_can_be_repeated() {
    ObjectVersion stale = new ObjectVersion("b", "stale", "");
    index.add(
        List.of(
            failure(PARIS, stale, NOW.minusSeconds(1)),
            failure(PARIS, stale, NOW.minus(Duration.ofHours(3))),
            failure(TOKYO, stale, NOW.minusSeconds(1))));
    raw.set("paris:bb:crr:opspending", "-7");
    List<RecordedFailure> truth =
        List.of(
            failure(PARIS, OBJECT, NOW.minusSeconds(60)),
            failure(TOKYO, OBJECT, NOW.minusSeconds(60)),
            failure(PARIS, OBJECT, NOW.minus(Duration.ofDays(2))));

    for (int i = 0; i < 2; i++) {
      RedisView.Rebuilt rebuilt =
          store.view().rebuild(List.of(PARIS), truth.iterator(), Map.of(PARIS, new Amount(3, 500)));
      assertThat(rebuilt).isEqualTo(new RedisView.Rebuilt(1, 1, 2));
    }

    assertThat(scan(PARIS)).containsExactly(failure(PARIS, OBJECT, NOW.minusSeconds(60)));
    assertThat(scan(TOKYO)).containsExactly(failure(TOKYO, stale, NOW.minusSeconds(1)));
    assertThat(raw.mget("paris:bb:crr:opspending", "paris:bb:crr:bytespending"))
        .containsExactly("3", "500");
    assertThat(raw.keys("*rebuild*")).isEmpty();
    assertThat(raw.ttl("bb:crr:failed:paris:" + HOUR.toEpochMilli())).isBetween(1L, 86_400L);
  }

  @Test
  void failure_of_a_clock_that_is_ahead_is_there_and_can_be_removed() {
    RecordedFailure ahead = failure(PARIS, OBJECT, NOW.plus(Duration.ofMinutes(50)));
    index.add(List.of(ahead));
    assertThat(scan(PARIS)).containsExactly(ahead);

    store.view().rebuild(List.of(PARIS), List.of(ahead).iterator(), Map.of());

    assertThat(scan(PARIS)).containsExactly(ahead);
    assertThat(index.remove(PARIS, List.of(OBJECT))).isEqualTo(1);
  }

  @Test
  void failure_that_comes_during_a_rebuild_is_kept() {
    List<RecordedFailure> ledger = List.of(failure(PARIS, OBJECT, NOW.minusSeconds(60)));
    ObjectVersion late = new ObjectVersion("b", "late", "");
    var telling =
        new java.util.Iterator<RecordedFailure>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < ledger.size();
          }

          @Override
          public RecordedFailure next() {
            index.add(List.of(failure(PARIS, late, NOW.plusMillis(5))));
            return ledger.get(next++);
          }
        };

    store.view().rebuild(List.of(PARIS), telling, Map.of());

    assertThat(scan(PARIS)).extracting(RecordedFailure::object).contains(OBJECT, late);
  }
}
