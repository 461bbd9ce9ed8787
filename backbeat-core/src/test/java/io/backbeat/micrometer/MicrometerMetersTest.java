package io.backbeat.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.monitoring.EngineMeters;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Meters;
import io.backbeat.monitoring.Reading;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.status.JobState;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicrometerMetersTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");

  private final MeterRegistry micrometer = new SimpleMeterRegistry();
  private final PrometheusRegistry prometheus = new PrometheusRegistry();

  @Test
  void both_libraries_tell_the_same_of_the_same_engine() {
    Both both = new Both(PrometheusMeters.in(prometheus), MicrometerMeters.in(micrometer));
    run(both);
    samples(micrometer); // the first question registers what is looked up

    SortedMap<String, Double> expected = samples(prometheus);
    SortedMap<String, Double> told = samples(micrometer);
    assertThat(told.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) -> assertThat(told.get(name)).as(name).isCloseTo(value, within(1e-6)));
    assertThat(expected.keySet())
        .contains(
            "s3_replication_status_changed{origin=replication,replicationStatus=FAILED}",
            "s3_replication_failed_versions{location=tokyo}",
            "s3_backbeat_queue_stale_outcomes{group=backbeat-replication-group-paris,topic=replication/paris}");
  }

  @Test
  void meters_are_gone_after_close_and_those_of_the_embedder_stay() {
    micrometer.counter("mine").increment();
    MicrometerMeters meters = MicrometerMeters.in(micrometer);
    run(meters);
    meters.close();
    assertThat(micrometer.getMeters())
        .singleElement()
        .satisfies(m -> assertThat(m.getId().getName()).isEqualTo("mine"));
  }

  @Test
  void text_is_that_of_the_registry_or_the_error_says_where_to_look() {
    assertThat(MicrometerMeters.in(micrometer, () -> "# all\n").text()).isEqualTo("# all\n");
    Meters without = MicrometerMeters.in(micrometer);
    assertThatThrownBy(without::text)
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("registry::scrape");
  }

  @Test
  void readings_are_looked_up_once_for_all_and_again_after_a_second() {
    AtomicInteger asked = new AtomicInteger();
    long[] now = {0};
    Registered registered = new Registered(micrometer);
    LookedUp values =
        new LookedUp(
            () ->
                List.of(
                    Reading.of(EngineMeters.QUARANTINED, asked.incrementAndGet()),
                    Reading.of(EngineMeters.FAILED_VERSIONS, 7, "paris")),
            registered,
            () -> now[0]);
    values.begin();
    assertThat(asked).hasValue(0);
    samples(micrometer);
    assertThat(samples(micrometer))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "s3_backbeat_quarantined_records{}", 1.0,
                "s3_replication_failed_versions{location=paris}", 7.0));
    now[0] = Duration.ofSeconds(1).toNanos();
    assertThat(samples(micrometer)).containsEntry("s3_backbeat_quarantined_records{}", 2.0);
  }

  private static void run(Meters meters) {
    try (Stores stores = new InMemoryStores()) {
      AtomicInteger attempts = new AtomicInteger();
      BackbeatEngine engine =
          BackbeatEngine.builder(stores)
              .locations(PARIS, TOKYO)
              .replication(
                  (job, context) -> {
                    context.transferStarted();
                    if (job.location().equals(TOKYO)) {
                      return new TaskOutcome.Rejected("AccessDenied", "no");
                    }
                    context.bytesTransferred(job.bytes());
                    return attempts.incrementAndGet() == 1
                        ? new TaskOutcome.Retryable("Timeout", "slow", Optional.empty())
                        : TaskOutcome.Replicated.WITHOUT_VERSION;
                  })
              .config(
                  EngineConfig.DEFAULT.withRetry(
                      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
              .meters(meters)
              .build();
      engine.start();
      stores.journal().append(List.of(Metadata.pending("b", "k", "paris", "tokyo").put()));
      await().until(() -> engine.unfinished().jobs(TOKYO, JobState.FAILED) == 1);
      await().until(() -> engine.unfinished().settled());
      if (meters instanceof Both both) {
        both.freeze();
      }
      engine.close(Duration.ofSeconds(5));
    }
  }

  /** Everything that a registry holds: one entry a value, by the name without its kind's ending. */
  private static SortedMap<String, Double> samples(PrometheusRegistry registry) {
    SortedMap<String, Double> samples = new TreeMap<>();
    for (MetricSnapshot snapshot : registry.scrape()) {
      String name = snapshot.getMetadata().getName();
      if (snapshot instanceof CounterSnapshot counter) {
        counter.getDataPoints().forEach(p -> samples.put(name + of(p.getLabels()), p.getValue()));
      } else if (snapshot instanceof GaugeSnapshot gauge) {
        gauge.getDataPoints().forEach(p -> samples.put(name + of(p.getLabels()), p.getValue()));
      } else if (snapshot instanceof HistogramSnapshot histogram) {
        histogram.getDataPoints().forEach(p -> buckets(samples, name + of(p.getLabels()), p));
      }
    }
    return samples;
  }

  private static void buckets(
      SortedMap<String, Double> samples,
      String name,
      HistogramSnapshot.HistogramDataPointSnapshot point) {
    long sum = 0;
    for (int i = 0; i < point.getClassicBuckets().size() - 1; i++) {
      sum += point.getClassicBuckets().getCount(i);
      samples.put(name + " <= " + point.getClassicBuckets().getUpperBound(i), (double) sum);
    }
    samples.put(name + " count", (double) point.getCount());
    samples.put(name + " sum", point.getSum());
  }

  private static String of(Labels labels) {
    return labels.stream()
        .map(label -> label.getName() + "=" + label.getValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static SortedMap<String, Double> samples(MeterRegistry registry) {
    SortedMap<String, Double> samples = new TreeMap<>();
    for (io.micrometer.core.instrument.Meter meter : registry.getMeters()) {
      if (meter.getId().syntheticAssociation() != null) {
        continue; // the same buckets again, as gauges
      }
      String name =
          meter.getId().getName().replaceFirst("_total$", "") + of(meter.getId().getTags());
      if (meter instanceof DistributionSummary summary) {
        for (CountAtBucket bucket : summary.takeSnapshot().histogramCounts()) {
          double bound = bucket.bucket() == Double.MIN_VALUE ? 0 : bucket.bucket();
          samples.put(name + " <= " + bound, bucket.count());
        }
        samples.put(name + " count", (double) summary.count());
        samples.put(name + " sum", summary.totalAmount());
      } else if (meter instanceof Timer timer) {
        for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
          samples.put(name + " <= " + bucket.bucket(TimeUnit.SECONDS), bucket.count());
        }
        samples.put(name + " count", (double) timer.count());
        samples.put(name + " sum", timer.totalTime(TimeUnit.SECONDS));
      } else {
        StreamSupport.stream(meter.measure().spliterator(), false)
            .filter(m -> m.getStatistic() != Statistic.UNKNOWN)
            .forEach(m -> samples.put(name, m.getValue()));
      }
    }
    return samples;
  }

  private static String of(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Tells two meters of everything, and gives both the same values to look up. */
  private static final class Both implements Meters {
    private final Meters one;
    private final Meters other;
    private final AtomicReference<Supplier<List<Reading>>> source = new AtomicReference<>(List::of);

    Both(Meters one, Meters other) {
      this.one = one;
      this.other = other;
    }

    void freeze() {
      List<Reading> now = source.get().get();
      source.set(() -> now);
    }

    @Override
    public void add(Meter counter, double amount, String... labels) {
      one.add(counter, amount, labels);
      other.add(counter, amount, labels);
    }

    @Override
    public void set(Meter gauge, double value, String... labels) {
      one.set(gauge, value, labels);
      other.set(gauge, value, labels);
    }

    @Override
    public void observe(Meter histogram, double value, String... labels) {
      one.observe(histogram, value, labels);
      other.observe(histogram, value, labels);
    }

    @Override
    public void lookUp(Supplier<List<Reading>> readings) {
      source.set(readings);
      one.lookUp(() -> source.get().get());
      other.lookUp(() -> source.get().get());
    }

    @Override
    public String text() {
      return one.text();
    }

    @Override
    public void close() {
      one.close();
      other.close();
    }
  }
}
