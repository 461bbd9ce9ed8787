package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import io.backbeat.testing.Concurrently;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link CounterStore} promises. */
public abstract class CounterStoreContract {
  private static final Duration INTERVAL = Duration.ofSeconds(CounterStore.INTERVAL_SECONDS);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final CounterKey OPS = key("paris", Counter.OPS);
  private static final CounterKey BYTES = key("paris", Counter.BYTES);
  private static final CounterKey PENDING = key("paris", Counter.OPS_PENDING);

  private CounterStore store;

  /**
   * An empty store. It learns the time from {@code at} and {@code now} only, or has a clock that
   * stands at noon of 2026-11-22 UTC.
   */
  protected abstract CounterStore create() throws Exception;

  /**
   * How many numbers of series the store holds; override it to prove that forgotten ones do not
   * pile up.
   */
  protected OptionalLong storedNumbers() {
    return OptionalLong.empty();
  }

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private static CounterKey key(String location, Counter counter) {
    return CounterKey.of(ServiceName.REPLICATION, LocationName.of(location), counter);
  }

  private static CounterKey key(ObjectVersion object, Counter counter) {
    return new CounterKey(ServiceName.REPLICATION, PARIS, Optional.of(object), counter);
  }

  private void add(CounterKey key, long delta, Instant at) {
    store.add(Map.of(key, delta), at);
  }

  private long[] series(CounterKey key, Instant now, int intervals) {
    return store.series(List.of(key), now, intervals).get(0);
  }

  @Test
  void counters_that_were_never_written_are_0() {
    assertThat(store.gauges(List.of(PENDING))).containsExactly(0L);
    assertThat(series(OPS, NOON, 3)).containsExactly(0, 0, 0);
  }

  @Test
  void gauge_adds_up_over_time() {
    add(PENDING, 5, NOON);
    add(PENDING, 7, NOON.plus(Duration.ofHours(1)));
    add(PENDING, -2, NOON.plus(Duration.ofHours(2)));

    assertThat(store.gauges(List.of(PENDING))).containsExactly(10L);
  }

  @Test
  void gauge_may_become_negative() {
    add(PENDING, 2, NOON);
    add(PENDING, -5, NOON);

    assertThat(store.gauges(List.of(PENDING))).containsExactly(-3L);
  }

  @Test
  void gauge_is_never_forgotten() {
    add(PENDING, 5, NOON.minus(Duration.ofDays(400)));
    add(PENDING, 1, NOON);

    assertThat(store.gauges(List.of(PENDING))).containsExactly(6L);
  }

  @Test
  void gauges_come_in_the_order_of_the_keys_also_a_key_asked_twice() {
    CounterKey tokyo = key("tokyo", Counter.OPS_PENDING);
    CounterKey bytes = key("paris", Counter.BYTES_PENDING);
    store.add(Map.of(PENDING, 1L, tokyo, 2L, bytes, 3L), NOON);

    assertThat(store.gauges(List.of(bytes, tokyo, PENDING, bytes))).containsExactly(3L, 2L, 1L, 3L);
    assertThat(store.gauges(List.of())).isEmpty();
  }

  @Test
  void index_0_of_a_series_is_the_interval_of_now_and_later_ones_go_back_in_time() {
    add(OPS, 1, NOON.minus(INTERVAL.multipliedBy(2)));
    add(OPS, 2, NOON.minus(INTERVAL));
    add(OPS, 4, NOON);

    assertThat(series(OPS, NOON, 4)).containsExactly(4, 2, 1, 0);
    assertThat(series(OPS, NOON.plus(INTERVAL), 4)).containsExactly(0, 4, 2, 1);
  }

  @Test
  void numbers_of_one_interval_add_up() {
    add(OPS, 1, NOON);
    add(OPS, 2, NOON.plusSeconds(299).plusMillis(999));

    assertThat(series(OPS, NOON.plusSeconds(120), 2)).containsExactly(3, 0);
  }

  @Test
  void interval_starts_at_a_multiple_of_five_minutes_utc() {
    add(OPS, 1, NOON.minusMillis(1));
    add(OPS, 2, NOON);

    assertThat(series(OPS, NOON.plusSeconds(299), 2)).containsExactly(2, 1);
  }

  @Test
  void intervals_without_a_number_are_0() {
    add(OPS, 1, NOON);
    add(OPS, 2, NOON.plus(INTERVAL.multipliedBy(3)));

    assertThat(series(OPS, NOON.plus(INTERVAL.multipliedBy(3)), 4)).containsExactly(2, 0, 0, 1);
  }

  @Test
  void interval_after_now_does_not_show() {
    add(OPS, 1, NOON.plus(INTERVAL));

    assertThat(series(OPS, NOON, 2)).containsExactly(0, 0);
  }

  @Test
  void number_of_an_earlier_interval_may_arrive_late() {
    add(OPS, 1, NOON);
    add(OPS, 2, NOON.minus(INTERVAL));

    assertThat(series(OPS, NOON, 2)).containsExactly(1, 2);
  }

  @Test
  void series_reaches_back_24_hours_and_no_further() {
    Instant oldest = NOON.minus(INTERVAL.multipliedBy(CounterStore.INTERVALS - 1));
    add(OPS, 1, oldest.minusMillis(1));
    add(OPS, 2, oldest);
    add(OPS, 4, NOON);

    long[] day = series(OPS, NOON, CounterStore.INTERVALS);
    assertThat(day).hasSize(CounterStore.INTERVALS);
    assertThat(day[0]).isEqualTo(4);
    assertThat(day[CounterStore.INTERVALS - 1]).isEqualTo(2);
    assertThat(day).containsOnly(0, 2, 4);
  }

  @Test
  void series_come_in_the_order_of_the_keys() {
    CounterKey tokyo = key("tokyo", Counter.OPS);
    store.add(Map.of(OPS, 1L, BYTES, 100L, tokyo, 7L), NOON);

    List<long[]> found = store.series(List.of(tokyo, BYTES, OPS, tokyo), NOON, 1);

    assertThat(found).hasSize(4);
    assertThat(found.stream().map(s -> s[0])).containsExactly(7L, 100L, 1L, 7L);
    assertThat(store.series(List.of(), NOON, 1)).isEmpty();
  }

  @Test
  void one_addition_may_touch_gauges_and_series() {
    store.add(Map.of(OPS, 1L, PENDING, 1L, BYTES, 100L), NOON);

    assertThat(store.gauges(List.of(PENDING))).containsExactly(1L);
    assertThat(series(BYTES, NOON, 1)).containsExactly(100);
  }

  @Test
  void services_locations_and_counters_are_kept_apart() {
    add(OPS, 1, NOON);

    CounterKey lifecycle = CounterKey.of(ServiceName.LIFECYCLE, PARIS, Counter.OPS);
    List<CounterKey> others = List.of(lifecycle, key("tokyo", Counter.OPS), BYTES);
    assertThat(store.series(others, NOON, 1)).allSatisfy(s -> assertThat(s).containsExactly(0));
  }

  @Test
  void objects_have_counters_of_their_own_whatever_their_names() {
    List<ObjectVersion> objects =
        List.of(
            new ObjectVersion("b", "k", "v1"),
            new ObjectVersion("b", "k", "v2"),
            new ObjectVersion("b", "k:v1", ""),
            new ObjectVersion("b", "k\n\uD83D\uDE00", ""),
            new ObjectVersion("b:k", "v1", ""),
            new ObjectVersion("b", "k/v1", ""));
    for (int i = 0; i < objects.size(); i++) {
      add(key(objects.get(i), Counter.OBJECT_BYTES), 1L << i, NOON);
    }

    for (int i = 0; i < objects.size(); i++) {
      assertThat(series(key(objects.get(i), Counter.OBJECT_BYTES), NOON, 1))
          .containsExactly(1L << i);
      assertThat(series(key(objects.get(i), Counter.OBJECT_BYTES_DONE), NOON, 1))
          .containsExactly(0);
    }
    assertThat(series(key("paris", Counter.OBJECT_BYTES), NOON, 1)).containsExactly(0);
  }

  @Test
  void large_numbers_do_not_overflow_an_int() {
    add(BYTES, 5_000_000_000_000L, NOON);
    add(BYTES, 5_000_000_000_000L, NOON);

    assertThat(series(BYTES, NOON, 1)).containsExactly(10_000_000_000_000L);
  }

  @Test
  void additions_of_several_threads_are_all_counted() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 50; i++) {
            store.add(Map.of(OPS, 1L, PENDING, 1L), NOON);
          }
          return thread;
        });

    assertThat(series(OPS, NOON, 1)).containsExactly(400);
    assertThat(store.gauges(List.of(PENDING))).containsExactly(400L);
  }

  private void addTimes(Instant at, long... millis) {
    TimeHistogram times =
        LongStream.of(millis)
            .mapToObj(m -> TimeHistogram.of(Duration.ofMillis(m)))
            .reduce(TimeHistogram.EMPTY, TimeHistogram::plus);
    store.addTimes(Map.of(PARIS, times), at);
  }

  private TimeHistogram times(LocationName location, Instant now, int intervals) {
    return store.times(List.of(location), now, intervals).get(0);
  }

  @Test
  void times_that_were_never_added_are_none() {
    assertThat(times(PARIS, NOON, 3)).isEqualTo(TimeHistogram.EMPTY);
    assertThat(store.times(List.of(), NOON, 3)).isEmpty();
  }

  @Test
  void times_of_the_asked_intervals_and_locations_add_up() {
    LocationName tokyo = LocationName.of("tokyo");
    addTimes(NOON.minus(INTERVAL.multipliedBy(2)), 1);
    addTimes(NOON.minus(INTERVAL), 5, 86_400_000);
    addTimes(NOON, 5);
    store.addTimes(
        Map.of(tokyo, TimeHistogram.of(Duration.ofMillis(7))), NOON.plus(INTERVAL.dividedBy(2)));

    assertThat(times(PARIS, NOON, 1).samples()).isEqualTo(1);
    assertThat(times(PARIS, NOON, 2).samples()).isEqualTo(3);
    assertThat(times(PARIS, NOON, 2).quantile(0.5)).isEqualTo(Duration.ofMillis(5));
    assertThat(times(PARIS, NOON.plus(INTERVAL), 2).samples()).isEqualTo(1);
    assertThat(store.times(List.of(tokyo, PARIS), NOON, CounterStore.INTERVALS))
        .extracting(TimeHistogram::samples)
        .containsExactly(1L, 4L);
  }

  @Test
  void times_leave_the_counters_alone() {
    addTimes(NOON, 5);
    add(OPS, 2, NOON);

    assertThat(series(OPS, NOON, 1)).containsExactly(2);
    assertThat(times(PARIS, NOON, 1).samples()).isEqualTo(1);
  }

  @Test
  void times_added_by_several_threads_are_all_there() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 25; i++) {
            addTimes(NOON, thread, 1000);
          }
          return thread;
        });

    assertThat(times(PARIS, NOON, 1).samples()).isEqualTo(400);
    assertThat(times(PARIS, NOON, 1).counts().values()).contains(200L, 25L);
  }

  @Test
  void numbers_older_than_24_hours_do_not_pile_up() {
    assumeTrue(storedNumbers().isPresent(), "the store tells how many numbers it holds");
    Instant at = NOON;
    for (int i = 0; i < 3 * CounterStore.INTERVALS; i++) {
      ObjectVersion object = ObjectVersion.unversioned("bucket", "key-" + i);
      store.add(Map.of(OPS, 1L, key(object, Counter.OBJECT_BYTES), 10L), at);
      at = at.plus(INTERVAL);
    }

    // One day of two series, and whatever the store has not swept yet: at most another day.
    assertThat(storedNumbers().getAsLong())
        .isBetween(2L * CounterStore.INTERVALS, 4L * CounterStore.INTERVALS);
  }
}
