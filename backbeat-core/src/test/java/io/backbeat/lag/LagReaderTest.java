package io.backbeat.lag;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.backbeat.api.AgeBucket;
import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.CatchUp;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.OldestPending;
import io.backbeat.api.Rate;
import io.backbeat.api.ServiceName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.lag.LagReader.Hindrances;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.status.FailedJobStore.Finished;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.LedgerEntry.Failure;
import io.backbeat.store.Stores;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LagReaderTest {
  private static final ServiceName CRR = ServiceName.REPLICATION;
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(NOON);
  private final Stores stores = new InMemoryStores();
  private Hindrances hindrances = Hindrances.NONE;
  private final LagReader reader = reader(stores, Duration.ZERO);

  private LagReader reader(Stores of, Duration agesKept) {
    return new LagReader(
        of.failedJobs(),
        of.counters(),
        service -> List.of(PARIS, TOKYO),
        () -> hindrances,
        agesKept,
        clock);
  }

  private static Job job(String key, Instant created) {
    return aJob().key(key).created(created).bytes(10).build();
  }

  private static void happened(Stores stores, List<JobEvent> events) {
    try (JobMetrics metrics = new JobMetrics(stores.counters())) {
      metrics.onAll(events);
    }
  }

  /** Written, queued and not run. */
  private void queue(int jobs) {
    Instant now = clock.instant();
    List<Job> queued = IntStream.range(0, jobs).mapToObj(i -> job(now + "-" + i, now)).toList();
    stores.failedJobs().record(queued.stream().map(LedgerEntry::queued).toList());
    happened(stores, queued.stream().map(j -> (JobEvent) new JobEvent.Queued(j, now)).toList());
  }

  /** Whatever the ledger has, or the oldest so many of it, is done now. */
  private void complete(String prefix, Instant created, int from, int to) {
    List<Job> done =
        IntStream.range(from, to).mapToObj(i -> job(prefix + "-" + i, created)).toList();
    stores
        .failedJobs()
        .remove(done.stream().map(j -> new Finished(j.key(), j.revision())).toList());
    happened(
        stores,
        done.stream().map(j -> (JobEvent) new JobEvent.Completed(j, clock.instant())).toList());
  }

  private LagReport lag() {
    return reader.lag(CRR, PARIS);
  }

  private List<Long> counts() {
    return lag().ages().stream().map(bucket -> bucket.pending().count()).toList();
  }

  @Test
  void empty_ledger_has_no_oldest_no_times_and_is_caught_up() {
    LagReport lag = lag();

    assertThat(lag.pending()).isEqualTo(Amount.ZERO);
    assertThat(lag.oldest()).isEmpty();
    assertThat(lag.times()).isEmpty();
    assertThat(lag.failed()).isZero();
    assertThat(lag.arrivals()).isEqualTo(Rate.ZERO);
    assertThat(lag.catchUp()).isEqualTo(CatchUp.in(CatchUpState.CAUGHT_UP, Duration.ZERO));
    assertThat(lag.ages()).hasSize(7);
    assertThat(lag.ages().get(6))
        .isEqualTo(new AgeBucket(Duration.ofHours(24), Optional.empty(), Amount.ZERO));
  }

  @Test
  void pending_grows_older_with_the_clock() {
    queue(2);
    assertThat(counts()).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 0L);
    clock.advance(Duration.ofSeconds(1));
    queue(1);
    assertThat(counts()).containsExactly(1L, 2L, 0L, 0L, 0L, 0L, 0L);
    clock.advance(Duration.ofSeconds(9));
    assertThat(counts()).containsExactly(0L, 1L, 2L, 0L, 0L, 0L, 0L);
    clock.advance(Duration.ofMinutes(14));
    assertThat(counts()).containsExactly(0L, 0L, 0L, 3L, 0L, 0L, 0L);
    clock.advance(Duration.ofHours(23));
    assertThat(counts()).containsExactly(0L, 0L, 0L, 0L, 0L, 3L, 0L);
    clock.advance(HOUR);
    assertThat(counts()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 3L);
    assertThat(lag().oldest().orElseThrow().since()).isEqualTo(NOON);
    assertThat(lag().oldest().orElseThrow().age())
        .isEqualTo(Duration.between(NOON, clock.instant()));
  }

  @Test
  void pause_of_an_hour_is_told_as_one_and_its_backlog_has_an_end_when_it_is_over() {
    hindrances = new Hindrances(Set.of(PARIS), Set.of());
    queue(36_000);
    clock.advance(HOUR);

    LagReport paused = lag();
    assertThat(paused.paused()).isTrue();
    assertThat(paused.catchUp()).isEqualTo(CatchUp.unknown(CatchUpState.PAUSED));
    assertThat(paused.oldest()).map(OldestPending::age).contains(HOUR);
    assertThat(paused.pending()).isEqualTo(new Amount(36_000, 360_000));

    hindrances = Hindrances.NONE;
    assertThat(lag().catchUp()).isEqualTo(CatchUp.unknown(CatchUpState.STANDING_STILL));
    clock.advance(Duration.ofMinutes(4).plusSeconds(59));
    complete(NOON.toString(), NOON, 0, 30_000);

    LagReport resumed = lag();
    assertThat(resumed.completions().objectsPerSecond()).isEqualTo(100);
    assertThat(resumed.catchUp())
        .isEqualTo(CatchUp.in(CatchUpState.CATCHING_UP, Duration.ofSeconds(60)));
    assertThat(resumed.times().orElseThrow().samples()).isEqualTo(30_000);
    assertThat(resumed.times().orElseThrow().p50())
        .isCloseTo(Duration.ofMinutes(65), Duration.ofMinutes(65).dividedBy(32));
  }

  @Test
  void failing_destination_stands_still_and_failures_are_not_pending() {
    Failure failure = new Failure(NOON, NOON, "Timeout", "no answer");
    stores
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.waiting(job("again", NOON), failure, NOON.plusSeconds(30)),
                LedgerEntry.failed(job("lost", NOON.minus(HOUR)), failure)));

    LagReport lag = lag();

    assertThat(lag.catchUp()).isEqualTo(CatchUp.unknown(CatchUpState.STANDING_STILL));
    assertThat(lag.failed()).isEqualTo(1);
    assertThat(lag.pending()).isEqualTo(new Amount(1, 10));
    assertThat(lag.oldest()).map(oldest -> oldest.object().key()).contains("again");
    assertThat(lag.times()).isEmpty();

    hindrances = new Hindrances(Set.of(), Set.of(PARIS));
    assertThat(lag().down()).isTrue();
    assertThat(lag().catchUp()).isEqualTo(CatchUp.unknown(CatchUpState.DESTINATION_DOWN));
  }

  @Test
  void each_location_has_its_own_lag_in_configured_order() {
    queue(1);

    assertThat(reader.lagAll(CRR))
        .extracting(LagReport::location, report -> report.pending().count())
        .containsExactly(tuple(PARIS, 1L), tuple(TOKYO, 0L));
    assertThat(reader.lagAll(CRR).get(1)).isEqualTo(reader.lag(CRR, TOKYO));
  }

  @Test
  void write_of_the_future_has_no_negative_age() {
    stores.failedJobs().record(List.of(LedgerEntry.queued(job("soon", NOON.plus(HOUR)))));

    assertThat(lag().oldest().orElseThrow().age()).isZero();
    assertThat(counts().get(0)).isEqualTo(1);
  }

  @Test
  void ages_are_remembered_for_a_while_and_what_keeps_jobs_from_running_is_not() {
    LagReader remembering = reader(stores, Duration.ofMinutes(1));
    queue(1);
    assertThat(remembering.lag(CRR, PARIS).pending().count()).isEqualTo(1);
    queue(2);
    hindrances = new Hindrances(Set.of(PARIS), Set.of());

    LagReport soon = remembering.lag(CRR, PARIS);
    assertThat(soon.pending().count()).isEqualTo(1);
    assertThat(soon.paused()).isTrue();
    assertThat(soon.at()).isEqualTo(NOON);
    clock.advance(Duration.ofSeconds(61));
    assertThat(remembering.lag(CRR, PARIS).at()).isEqualTo(clock.instant());
    assertThat(remembering.lag(CRR, PARIS).pending().count()).isGreaterThan(1);
  }

  @Test
  void restart_does_not_change_the_numbers(@TempDir Path directory) {
    List<LagReport> before;
    try (Stores store = EmbeddedStore.open(directory)) {
      List<Job> jobs =
          IntStream.range(0, 20)
              .mapToObj(i -> job("key-" + i, NOON.minusSeconds(7L * i * i)))
              .toList();
      store.failedJobs().record(jobs.stream().map(LedgerEntry::queued).toList());
      happened(store, jobs.stream().map(j -> (JobEvent) new JobEvent.Queued(j, NOON)).toList());
      happened(store, List.of(new JobEvent.Completed(job("done", NOON.minusSeconds(3)), NOON)));
      before = reader(store, Duration.ZERO).lagAll(CRR);
    }
    try (Stores store = EmbeddedStore.open(directory)) {
      assertThat(reader(store, Duration.ZERO).lagAll(CRR)).isEqualTo(before);
    }
    assertThat(before.get(0).pending().count()).isEqualTo(20);
    assertThat(before.get(0).times().orElseThrow().samples()).isEqualTo(1);
  }

  @Test
  void only_locations_of_replication_have_a_lag() {
    for (ServiceName service : List.of(ServiceName.INGESTION, ServiceName.LIFECYCLE)) {
      assertThatExceptionOfType(BackbeatException.class)
          .isThrownBy(() -> reader.lagAll(service))
          .matches(e -> e.code() == ErrorCode.ROUTE_NOT_FOUND)
          .withMessageContaining(service.wireName());
    }
    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> reader.lag(CRR, LocationName.of("rome")))
        .matches(e -> e.code() == ErrorCode.ROUTE_NOT_FOUND)
        .withMessageContaining("[paris, tokyo]");
  }
}
