package io.backbeat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Throughput;
import io.backbeat.memory.InMemoryCounterStore;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers of the first tests are those of the original's own test-suite. */
class MetricsReaderTest {
  private static final LocationName SITE_1 = LocationName.of("test-site-1");
  private static final LocationName SITE_2 = LocationName.of("test-site-2");
  private static final LocationName INGESTION_1 = LocationName.of("test-site-1-ingestion");
  private static final LocationName INGESTION_2 = LocationName.of("test-site-2-ingestion");
  private static final ObjectVersion OBJECT =
      new ObjectVersion("test-bucket", "test/object-key", "test-version-id");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:07:19Z"));
  private final CounterStore counters = new InMemoryCounterStore();
  private final Map<LocationName, Long> failed = new HashMap<>();
  private final MetricsReader metrics =
      new MetricsReader(counters, MetricsReaderTest::locations, () -> failed, clock);

  private static List<LocationName> locations(ServiceName service) {
    return switch (service) {
      case REPLICATION -> List.of(SITE_1, SITE_2);
      case INGESTION -> List.of(INGESTION_1, INGESTION_2);
      case LIFECYCLE -> List.of();
    };
  }

  private void add(ServiceName service, LocationName location, Counter counter, long delta) {
    counters.add(Map.of(CounterKey.of(service, location, counter), delta), clock.instant());
  }

  private void crr(LocationName location, Counter counter, long delta) {
    add(ServiceName.REPLICATION, location, counter, delta);
  }

  private void object(Counter counter, long delta) {
    CounterKey key = new CounterKey(ServiceName.REPLICATION, SITE_1, Optional.of(OBJECT), counter);
    counters.add(Map.of(key, delta), clock.instant());
  }

  @BeforeEach
  void report() {
    crr(SITE_1, Counter.BYTES, 2198);
    crr(SITE_1, Counter.OPS_DONE, 450);
    crr(SITE_1, Counter.OPS_FAIL, 150);
    crr(SITE_1, Counter.BYTES_DONE, 1027);
    crr(SITE_1, Counter.BYTES_FAIL, 375);
    crr(SITE_2, Counter.OPS, 900);
    crr(SITE_2, Counter.BYTES, 2943);
    crr(SITE_2, Counter.OPS_DONE, 300);
    crr(SITE_2, Counter.OPS_FAIL, 55);
    crr(SITE_2, Counter.BYTES_DONE, 1874);
    crr(SITE_2, Counter.BYTES_FAIL, 575);
    for (LocationName site : locations(ServiceName.REPLICATION)) {
      crr(site, Counter.OPS_PENDING, 2);
      crr(site, Counter.BYTES_PENDING, 1024);
    }
    add(ServiceName.INGESTION, INGESTION_1, Counter.OPS_DONE, 100);
    add(ServiceName.INGESTION, INGESTION_2, Counter.OPS_DONE, 200);
    add(ServiceName.INGESTION, INGESTION_1, Counter.OPS_PENDING, 12);
    add(ServiceName.INGESTION, INGESTION_2, Counter.OPS_PENDING, 30);
    object(Counter.OBJECT_BYTES, 100);
    object(Counter.OBJECT_BYTES_DONE, 50);
    failed.put(SITE_1, 242L);
    failed.put(SITE_2, 240L);
  }

  @Test
  void report_of_one_location() {
    assertThat(metrics.report(ServiceName.REPLICATION, SITE_1))
        .isEqualTo(
            new MetricsReport(
                ServiceName.REPLICATION,
                new Amount(2, 1024),
                new Amount(450, 1027),
                new Amount(242, 0),
                new Throughput(0.5, 1027.0 / 900),
                new Amount(2, 1024)));
  }

  @Test
  void report_of_all_locations_adds_up() {
    assertThat(metrics.reportAll(ServiceName.REPLICATION))
        .isEqualTo(
            new MetricsReport(
                ServiceName.REPLICATION,
                new Amount(4, 2048),
                new Amount(750, 2901),
                new Amount(482, 0),
                new Throughput(750.0 / 900, 2901.0 / 900),
                new Amount(4, 2048)));
  }

  @Test
  void services_do_not_see_each_other() {
    MetricsReport all = metrics.reportAll(ServiceName.INGESTION);
    assertThat(all.completions().count()).isEqualTo(300);
    assertThat(all.throughput().operationsPerSecond()).isEqualTo(300.0 / 900);
    assertThat(all.pending().count()).isEqualTo(42);
    assertThat(all.failures()).isEqualTo(Amount.ZERO);
    assertThat(metrics.report(ServiceName.INGESTION, INGESTION_1).pending().count()).isEqualTo(12);
  }

  @Test
  void service_without_locations_reports_zeros() {
    MetricsReader nowhere = new MetricsReader(counters, service -> List.of(), () -> failed, clock);
    MetricsReport none = nowhere.reportAll(ServiceName.INGESTION);
    assertThat(none.completions()).isEqualTo(Amount.ZERO);
    assertThat(none.throughput()).isEqualTo(new Throughput(0, 0));
  }

  @Test
  void pending_may_be_negative_and_backlog_may_not() {
    crr(SITE_1, Counter.OPS_PENDING, -7);
    MetricsReport report = metrics.report(ServiceName.REPLICATION, SITE_1);
    assertThat(report.pending()).isEqualTo(new Amount(-5, 1024));
    assertThat(report.backlog()).isEqualTo(new Amount(0, 1024));
  }

  @Test
  void backlog_of_all_locations_is_clamped_after_adding_up() {
    add(ServiceName.INGESTION, INGESTION_1, Counter.OPS_PENDING, -15);
    add(ServiceName.INGESTION, INGESTION_2, Counter.OPS_PENDING, -20);
    assertThat(metrics.reportAll(ServiceName.INGESTION).backlog().count()).isEqualTo(7);
    assertThat(metrics.report(ServiceName.INGESTION, INGESTION_1).backlog().count()).isZero();
  }

  /** The original's throughput of these numbers is 11.11; see the differences. */
  @Test
  void completions_cover_288_intervals_and_throughput_the_last_900_seconds() {
    long[] done = {9, 90, 900, 9000, 90_000};
    LocationName site = SITE_2;
    CounterStore fresh = new InMemoryCounterStore();
    CounterKey key = CounterKey.of(ServiceName.REPLICATION, site, Counter.OPS_DONE);
    Instant now = clock.instant();
    for (int i = 0; i < done.length; i++) {
      fresh.add(Map.of(key, done[i]), now.minus(Duration.ofMinutes(5L * i)));
    }
    fresh.add(Map.of(key, 1_000_000L), now.minus(Duration.ofMinutes(5 * 287)));
    MetricsReport report =
        new MetricsReader(fresh, MetricsReaderTest::locations, Map::of, clock)
            .report(ServiceName.REPLICATION, site);
    assertThat(report.completions().count()).isEqualTo(1_099_999);
    assertThat(report.throughput().operationsPerSecond())
        .isEqualTo((999 + 9000 * (300 - 139) / 300.0) / 900);

    clock.advance(Duration.ofMinutes(5));
    assertThat(
            new MetricsReader(fresh, MetricsReaderTest::locations, Map::of, clock)
                .report(ServiceName.REPLICATION, site)
                .completions()
                .count())
        .isEqualTo(99_999);
  }

  @Test
  void progress_and_throughput_of_an_object() {
    assertThat(metrics.progress(SITE_1, OBJECT)).isEqualTo(new ObjectProgress(50, 50));
    assertThat(metrics.progress(SITE_1, OBJECT).ratio()).isEqualTo(0.5);
    assertThat(metrics.bytesPerSecond(SITE_1, OBJECT)).isEqualTo(50.0 / 900);
  }

  @Test
  void unknown_object_gives_zeros() {
    ObjectVersion other = new ObjectVersion("test-bucket", "test/object-key", "other");
    assertThat(metrics.progress(SITE_1, other)).isEqualTo(new ObjectProgress(0, 0));
    assertThat(metrics.progress(SITE_2, OBJECT)).isEqualTo(new ObjectProgress(0, 0));
    assertThat(metrics.bytesPerSecond(SITE_1, other)).isZero();
  }

  @Test
  void repeated_copy_makes_pending_negative() {
    object(Counter.OBJECT_BYTES_DONE, 450);
    assertThat(metrics.progress(SITE_1, OBJECT)).isEqualTo(new ObjectProgress(-400, 500));
  }

  @Test
  void unknown_location_is_not_found() {
    LocationName unknown = LocationName.of("nowhere");
    assertNotFound(() -> metrics.report(ServiceName.REPLICATION, unknown));
    assertNotFound(() -> metrics.report(ServiceName.REPLICATION, INGESTION_1));
    assertNotFound(() -> metrics.report(ServiceName.INGESTION, SITE_1));
    assertNotFound(() -> metrics.progress(unknown, OBJECT));
    assertNotFound(() -> metrics.bytesPerSecond(unknown, OBJECT));
  }

  private static void assertNotFound(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BackbeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_NOT_FOUND));
  }

  @Test
  void lifecycle_has_no_numbers() {
    assertNotFound(() -> metrics.report(ServiceName.LIFECYCLE, SITE_1));
    assertNotFound(() -> metrics.reportAll(ServiceName.LIFECYCLE));
  }

  @Test
  void pending_of_ingestion_is_never_negative() {
    add(ServiceName.INGESTION, INGESTION_1, Counter.OPS_PENDING, -15);
    assertThat(metrics.report(ServiceName.INGESTION, INGESTION_1).pending()).isEqualTo(Amount.ZERO);
    assertThat(metrics.reportAll(ServiceName.INGESTION).pending()).isEqualTo(new Amount(27, 0));
  }

  @Test
  void outage_is_an_error_and_not_zeros() {
    BackbeatException outage =
        new BackbeatException(ErrorCode.INTERNAL_ERROR, "ledger does not answer");
    MetricsReader cut =
        new MetricsReader(
            counters,
            MetricsReaderTest::locations,
            () -> {
              throw outage;
            },
            clock);
    assertThatThrownBy(() -> cut.reportAll(ServiceName.REPLICATION)).isSameAs(outage);
  }
}
