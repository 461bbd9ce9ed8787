package io.backbeat.metrics;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryCounterStore;
import io.backbeat.testing.Concurrently;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:06:40Z");
  private static final Job JOB = aJob().bytes(70).build();

  private static CounterKey at(Counter counter) {
    return CounterKey.of(ServiceName.REPLICATION, LocationName.of("paris"), counter);
  }

  private static CounterKey ofObject(Counter counter) {
    return new CounterKey(
        ServiceName.REPLICATION, LocationName.of("paris"), Optional.of(JOB.object()), counter);
  }

  private static Map<CounterKey, Long> deltas(JobEvent... events) {
    return JobMetrics.deltas(List.of(events));
  }

  @Test
  void queued_job_is_pending_and_in_the_series() {
    assertThat(deltas(new JobEvent.Queued(JOB, NOW)))
        .isEqualTo(
            Map.of(
                at(Counter.OPS_PENDING), 1L,
                at(Counter.BYTES_PENDING), 70L,
                at(Counter.OPS), 1L,
                at(Counter.BYTES), 70L));
  }

  @Test
  void job_queued_again_by_an_operator_is_only_pending() {
    assertThat(deltas(new JobEvent.Requeued(JOB, NOW)))
        .isEqualTo(Map.of(at(Counter.OPS_PENDING), 1L, at(Counter.BYTES_PENDING), 70L));
  }

  @Test
  void completed_job_is_done_and_not_pending() {
    assertThat(deltas(new JobEvent.Completed(JOB, NOW)))
        .isEqualTo(
            Map.of(
                at(Counter.OPS_PENDING), -1L,
                at(Counter.BYTES_PENDING), -70L,
                at(Counter.OPS_DONE), 1L,
                at(Counter.BYTES_DONE), 70L));
  }

  @Test
  void failed_job_is_failed_and_not_pending() {
    assertThat(deltas(new JobEvent.Failed(JOB, "Timeout", "no answer", NOW)))
        .isEqualTo(
            Map.of(
                at(Counter.OPS_PENDING), -1L,
                at(Counter.BYTES_PENDING), -70L,
                at(Counter.OPS_FAIL), 1L,
                at(Counter.BYTES_FAIL), 70L));
  }

  @Test
  void dropped_job_is_only_not_pending() {
    assertThat(deltas(new JobEvent.Dropped(JOB, "replaced", NOW)))
        .isEqualTo(Map.of(at(Counter.OPS_PENDING), -1L, at(Counter.BYTES_PENDING), -70L));
  }

  @Test
  void failed_attempt_changes_nothing() {
    assertThat(deltas(new JobEvent.AttemptFailed(JOB, "Timeout", "no answer", NOW, NOW))).isEmpty();
  }

  @Test
  void moving_of_data_is_counted_per_object() {
    assertThat(
            deltas(
                new JobEvent.TransferStarted(JOB, NOW),
                new JobEvent.BytesTransferred(JOB, 50, NOW),
                new JobEvent.BytesTransferred(JOB, 20, NOW)))
        .isEqualTo(
            Map.of(ofObject(Counter.OBJECT_BYTES), 70L, ofObject(Counter.OBJECT_BYTES_DONE), 70L));
  }

  @Test
  void life_of_a_job_leaves_nothing_pending() {
    assertThat(
            deltas(
                new JobEvent.Queued(JOB, NOW),
                new JobEvent.AttemptFailed(JOB, "Timeout", "no answer", NOW, NOW),
                new JobEvent.Failed(JOB, "Timeout", "no answer", NOW),
                new JobEvent.Requeued(JOB, NOW),
                new JobEvent.Completed(JOB, NOW)))
        .doesNotContainKeys(at(Counter.OPS_PENDING), at(Counter.BYTES_PENDING))
        .containsEntry(at(Counter.OPS_DONE), 1L)
        .containsEntry(at(Counter.OPS_FAIL), 1L);
  }

  @Test
  void jobs_of_other_types_are_not_counted() {
    Job collection = aJob().type(JobType.GARBAGE_COLLECTION).build();
    assertThat(
            deltas(new JobEvent.Queued(collection, NOW), new JobEvent.Completed(collection, NOW)))
        .isEmpty();
  }

  @Test
  void events_are_counted_in_the_interval_they_happened_in() {
    CounterStore store = new InMemoryCounterStore();
    try (JobMetrics metrics = new JobMetrics(store)) {
      metrics.on(new JobEvent.Completed(JOB, NOW.minus(Duration.ofMinutes(5))));
      metrics.on(new JobEvent.Completed(JOB, NOW));
      metrics.on(new JobEvent.Completed(JOB, NOW));
      metrics.flush();
    }
    assertThat(store.series(List.of(at(Counter.OPS_DONE)), NOW, 3).get(0)).containsExactly(2, 1, 0);
  }

  @Test
  void what_could_not_be_written_is_written_later_and_once() {
    CounterStore store = new InMemoryCounterStore();
    AtomicBoolean down = new AtomicBoolean(true);
    try (JobMetrics metrics = new JobMetrics(failingWhile(down, store))) {
      metrics.on(new JobEvent.Queued(JOB, NOW));
      assertThatThrownBy(metrics::flush).isInstanceOf(BackbeatException.class);
      metrics.on(new JobEvent.Queued(JOB, NOW));
      down.set(false);
      metrics.flush();
      metrics.flush();
    }
    assertThat(store.gauges(List.of(at(Counter.OPS_PENDING)))).containsExactly(2L);
  }

  @Test
  void events_of_many_threads_are_all_counted_when_it_closes() throws Exception {
    CounterStore store = new InMemoryCounterStore();
    try (JobMetrics metrics = new JobMetrics(store)) {
      metrics.start(Duration.ofMillis(1));
      Concurrently.run(
          8,
          thread -> {
            for (int i = 0; i < 500; i++) {
              metrics.on(new JobEvent.Queued(JOB, NOW));
            }
            return thread;
          });
    }
    assertThat(store.gauges(List.of(at(Counter.OPS_PENDING)))).containsExactly(4000L);
  }

  @Test
  void started_metrics_flush_by_themselves() {
    CounterStore store = new InMemoryCounterStore();
    try (JobMetrics metrics = new JobMetrics(store)) {
      metrics.start(Duration.ofMillis(1));
      metrics.on(new JobEvent.Queued(JOB, NOW));
      Awaitility.await().until(() -> store.gauges(List.of(at(Counter.OPS_PENDING))).get(0) == 1);
    }
  }

  @Test
  void full_buffer_gives_up_objects_and_keeps_locations() {
    DeltaBuffer buffer = new DeltaBuffer(1);
    CounterKey other =
        new CounterKey(
            ServiceName.REPLICATION,
            LocationName.of("paris"),
            Optional.of(aJob().key("other").build().object()),
            Counter.OBJECT_BYTES);
    buffer.add(Map.of(ofObject(Counter.OBJECT_BYTES), 1L), List.of(), NOW);
    buffer.add(Map.of(other, 1L), List.of(), NOW);
    buffer.add(Map.of(ofObject(Counter.OBJECT_BYTES), 1L), List.of(), NOW);
    buffer.add(Map.of(at(Counter.OPS), 1L), List.of(), NOW);
    assertThat(buffer.drain().get(CounterStore.intervalStart(NOW)).counters())
        .isEqualTo(Map.of(ofObject(Counter.OBJECT_BYTES), 2L, at(Counter.OPS), 1L));
    assertThat(buffer.givenUp()).isEqualTo(1);
  }

  @Test
  void replication_time_counts_from_the_client_write_also_for_a_job_that_was_retried() {
    CounterStore store = new InMemoryCounterStore();
    Job tried = aJob().attempt(3).created(NOW.minusSeconds(3600)).build();
    Job collection = aJob().type(JobType.GARBAGE_COLLECTION).build();
    try (JobMetrics metrics = new JobMetrics(store)) {
      metrics.onAll(
          List.of(
              new JobEvent.Queued(tried, NOW),
              new JobEvent.Completed(tried, NOW),
              new JobEvent.Completed(aJob().created(NOW.minusMillis(20)).build(), NOW),
              new JobEvent.Failed(aJob().build(), "Timeout", "no answer", NOW),
              new JobEvent.Completed(collection, NOW)));
      metrics.flush();
    }
    assertThat(times(store))
        .isEqualTo(
            TimeHistogram.of(Duration.ofHours(1)).plus(TimeHistogram.of(Duration.ofMillis(20))));
  }

  @Test
  void times_that_could_not_be_written_are_written_later_and_counters_not_again() {
    CounterStore store = new InMemoryCounterStore();
    AtomicBoolean down = new AtomicBoolean(true);
    CounterStore losesTimes =
        new Forwarding(store) {
          @Override
          public void addTimes(Map<LocationName, TimeHistogram> times, Instant at) {
            if (down.get()) {
              throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "counters do not answer");
            }
            super.addTimes(times, at);
          }
        };
    try (JobMetrics metrics = new JobMetrics(losesTimes)) {
      metrics.on(new JobEvent.Completed(JOB, NOW));
      assertThatThrownBy(metrics::flush).isInstanceOf(BackbeatException.class);
      metrics.on(new JobEvent.Completed(JOB, NOW));
      down.set(false);
      metrics.flush();
      metrics.flush();
    }
    assertThat(times(store).samples()).isEqualTo(2);
    assertThat(store.series(List.of(at(Counter.OPS_DONE)), NOW, 1).get(0)).containsExactly(2);
  }

  @Test
  void processes_that_share_a_store_add_to_the_same_histogram() {
    CounterStore store = new InMemoryCounterStore();
    for (int process = 0; process < 2; process++) {
      try (JobMetrics metrics = new JobMetrics(store)) {
        metrics.on(new JobEvent.Completed(JOB, NOW));
      }
    }
    assertThat(times(store).samples()).isEqualTo(2);
  }

  private static TimeHistogram times(CounterStore store) {
    return store.times(List.of(JOB.location()), NOW, 1).get(0);
  }

  private static CounterStore failingWhile(AtomicBoolean down, CounterStore store) {
    return new Forwarding(store) {
      @Override
      public void add(Map<CounterKey, Long> deltas, Instant at) {
        if (down.get()) {
          throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "counters do not answer");
        }
        super.add(deltas, at);
      }
    };
  }

  /** The same store, for tests to override what fails. */
  private static class Forwarding implements CounterStore {
    private final CounterStore store;

    Forwarding(CounterStore store) {
      this.store = store;
    }

    @Override
    public void add(Map<CounterKey, Long> deltas, Instant at) {
      store.add(deltas, at);
    }

    @Override
    public List<Long> gauges(List<CounterKey> keys) {
      return store.gauges(keys);
    }

    @Override
    public List<long[]> series(List<CounterKey> keys, Instant now, int intervals) {
      return store.series(keys, now, intervals);
    }

    @Override
    public void addTimes(Map<LocationName, TimeHistogram> times, Instant at) {
      store.addTimes(times, at);
    }

    @Override
    public List<TimeHistogram> times(List<LocationName> locations, Instant now, int intervals) {
      return store.times(locations, now, intervals);
    }
  }
}
