package io.backbeat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.job.JobEvent;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class MetricsSumsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:07:00Z");
  private static final Instant INTERVAL = Instant.parse("2026-11-22T10:05:00Z");
  private static final LocationName PARIS = LocationName.of("paris");

  @Test
  void each_type_has_its_effect() {
    assertThat(of(MetricsType.QUEUED))
        .isEqualTo(
            Map.of(
                key(Counter.OPS_PENDING), 2L,
                key(Counter.BYTES_PENDING), 20L,
                key(Counter.OPS), 2L,
                key(Counter.BYTES), 20L));
    assertThat(of(MetricsType.COMPLETED))
        .isEqualTo(
            Map.of(
                key(Counter.OPS_PENDING), -2L,
                key(Counter.BYTES_PENDING), -20L,
                key(Counter.OPS_DONE), 2L,
                key(Counter.BYTES_DONE), 20L));
    assertThat(of(MetricsType.FAILED))
        .isEqualTo(
            Map.of(
                key(Counter.OPS_PENDING), -2L,
                key(Counter.BYTES_PENDING), -20L,
                key(Counter.OPS_FAIL), 2L,
                key(Counter.BYTES_FAIL), 20L));
    assertThat(of(MetricsType.PENDING_ONLY))
        .isEqualTo(Map.of(key(Counter.OPS_PENDING), 2L, key(Counter.BYTES_PENDING), 20L));
  }

  @Test
  void an_object_counts_its_bytes_and_leaves_its_location_alone() {
    ObjectVersion object = ObjectVersion.unversioned("bucket", "key");
    MetricsSums sums = new MetricsSums(ServiceName.REPLICATION, NOW);
    sums.add(message(ServiceName.REPLICATION, MetricsType.QUEUED, NOW, Optional.of(object)));
    sums.add(message(ServiceName.REPLICATION, MetricsType.COMPLETED, NOW, Optional.of(object)));
    sums.add(message(ServiceName.REPLICATION, MetricsType.FAILED, NOW, Optional.of(object)));

    assertThat(sums.deltas())
        .isEqualTo(
            Map.of(
                INTERVAL,
                Map.of(
                    objectKey(object, Counter.OBJECT_BYTES), 20L,
                    objectKey(object, Counter.OBJECT_BYTES_DONE), 20L)));
  }

  @Test
  void message_of_more_than_a_day_ago_only_touches_what_is_pending() {
    MetricsSums sums = new MetricsSums(ServiceName.REPLICATION, NOW);
    Instant old = NOW.minus(Duration.ofHours(24));
    sums.add(message(ServiceName.REPLICATION, MetricsType.QUEUED, old, Optional.empty()));
    Instant kept = old.plusSeconds(CounterStore.INTERVAL_SECONDS);
    sums.add(message(ServiceName.REPLICATION, MetricsType.QUEUED, kept, Optional.empty()));

    SortedMap<Instant, Map<CounterKey, Long>> deltas = sums.deltas();
    assertThat(deltas.get(CounterStore.intervalStart(old)).keySet())
        .containsExactlyInAnyOrder(key(Counter.OPS_PENDING), key(Counter.BYTES_PENDING));
    assertThat(deltas.get(CounterStore.intervalStart(kept))).hasSize(4);
  }

  @Test
  void ingestion_has_no_series_of_what_is_queued_or_failed() {
    MetricsSums sums = new MetricsSums(ServiceName.INGESTION, NOW);
    sums.add(message(ServiceName.INGESTION, MetricsType.QUEUED, NOW, Optional.empty()));
    sums.add(message(ServiceName.INGESTION, MetricsType.QUEUED, NOW, Optional.empty()));
    sums.add(message(ServiceName.INGESTION, MetricsType.COMPLETED, NOW, Optional.empty()));

    assertThat(sums.deltas().get(INTERVAL))
        .isEqualTo(
            Map.of(
                CounterKey.of(ServiceName.INGESTION, PARIS, Counter.OPS_PENDING), 2L,
                CounterKey.of(ServiceName.INGESTION, PARIS, Counter.BYTES_PENDING), 20L,
                CounterKey.of(ServiceName.INGESTION, PARIS, Counter.OPS_DONE), 2L,
                CounterKey.of(ServiceName.INGESTION, PARIS, Counter.BYTES_DONE), 20L));
  }

  @Test
  void what_happens_to_jobs_survives_the_way_through_messages() {
    var small = Jobs.aJob().bytes(3).build();
    var large = Jobs.aJob().key("other").bytes(100).build();
    var far = Jobs.aJob().at("tokyo").bytes(7).build();
    Map<CounterKey, Long> deltas =
        JobMetrics.deltas(
            List.of(
                new JobEvent.Queued(small, NOW),
                new JobEvent.Queued(large, NOW),
                new JobEvent.Queued(large, NOW),
                new JobEvent.TransferStarted(large, NOW),
                new JobEvent.BytesTransferred(large, 60, NOW),
                new JobEvent.Completed(small, NOW),
                new JobEvent.Failed(large, "Timeout", "", NOW),
                new JobEvent.Requeued(large, NOW),
                new JobEvent.Dropped(far, "gone", NOW)));
    MetricsSums sums = new MetricsSums(ServiceName.REPLICATION, NOW);

    MetricsMessages.of(deltas, NOW).forEach(sums::add);

    assertThat(sums.deltas()).isEqualTo(Map.of(INTERVAL, deltas));
  }

  @Test
  void lifecycle_is_not_told() {
    assertThat(
            MetricsMessages.of(
                Map.of(CounterKey.of(ServiceName.LIFECYCLE, PARIS, Counter.OPS), 1L), NOW))
        .isEmpty();
  }

  private static Map<CounterKey, Long> of(MetricsType type) {
    MetricsSums sums = new MetricsSums(ServiceName.REPLICATION, NOW);
    sums.add(message(ServiceName.REPLICATION, type, NOW, Optional.empty()));
    return sums.deltas().get(INTERVAL);
  }

  private static MetricsMessage message(
      ServiceName service, MetricsType type, Instant at, Optional<ObjectVersion> object) {
    return new MetricsMessage(at.toEpochMilli(), 2, 20, service, type, PARIS, object);
  }

  private static CounterKey key(Counter counter) {
    return CounterKey.of(ServiceName.REPLICATION, PARIS, counter);
  }

  private static CounterKey objectKey(ObjectVersion object, Counter counter) {
    return new CounterKey(ServiceName.REPLICATION, PARIS, Optional.of(object), counter);
  }
}
