package io.backbeat.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Meters;
import io.backbeat.monitoring.Reading;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusMetersTest {
  private static final Meter JOBS = Meter.counter("s3_jobs_total", "Jobs", "location");
  private static final Meter SLOW = Meter.gauge("s3_slowTasks_count", "Slow tasks");
  private static final Meter TIME =
      Meter.histogram("s3_time_seconds", "Time", new double[] {0.5, 10}, "location");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Meters meters = PrometheusMeters.in(registry);

  @Test
  void meters_are_shown_under_exactly_their_names() {
    meters.add(JOBS, 2, "paris");
    meters.add(JOBS, 1, "paris");
    meters.set(SLOW, 3);
    meters.observe(TIME, 0.7, "a \"b\"\\c\nd");

    assertThat(meters.text())
        .isEqualTo(
            """
            # HELP s3_jobs_total Jobs
            # TYPE s3_jobs_total counter
            s3_jobs_total{location="paris"} 3.0
            # HELP s3_slowTasks_count Slow tasks
            # TYPE s3_slowTasks_count gauge
            s3_slowTasks_count 3.0
            # HELP s3_time_seconds Time
            # TYPE s3_time_seconds histogram
            s3_time_seconds_bucket{location="a \\"b\\"\\\\c\\nd",le="0.5"} 0
            s3_time_seconds_bucket{location="a \\"b\\"\\\\c\\nd",le="10.0"} 1
            s3_time_seconds_bucket{location="a \\"b\\"\\\\c\\nd",le="+Inf"} 1
            s3_time_seconds_count{location="a \\"b\\"\\\\c\\nd"} 1
            s3_time_seconds_sum{location="a \\"b\\"\\\\c\\nd"} 0.7
            """);
  }

  @Test
  void what_is_looked_up_stands_beside_what_is_counted() {
    meters.lookUp(
        () ->
            List.of(
                Reading.of(JOBS, 4, "paris"), Reading.of(JOBS, 5, "tokyo"), Reading.of(SLOW, 1)));

    assertThat(meters.text())
        .contains("# TYPE s3_jobs_total counter")
        .contains("s3_jobs_total{location=\"paris\"} 4.0")
        .contains("s3_jobs_total{location=\"tokyo\"} 5.0")
        .contains("s3_slowTasks_count 1.0");
  }

  @Test
  void callers_own_registry_shows_both_and_is_given_back() {
    Counter.builder().name("shop_orders").register(registry).inc();
    meters.set(SLOW, 1);
    meters.lookUp(() -> List.of(Reading.of(JOBS, 4, "paris")));

    assertThat(meters.text()).contains("shop_orders_total 1.0", "s3_slow", "s3_jobs");
    meters.close();
    meters.close();

    assertThat(meters.text()).contains("shop_orders_total 1.0").doesNotContain("s3_");
    PrometheusMeters.in(registry).set(SLOW, 2);
  }

  @Test
  void own_meters_come_with_those_of_the_process_and_share_nothing() {
    try (Meters first = PrometheusMeters.create();
        Meters second = PrometheusMeters.create()) {
      first.set(SLOW, 1);

      assertThat(first.text()).contains("jvm_memory_used_bytes", "process_cpu_seconds_total");
      assertThat(second.text()).contains("jvm_").doesNotContain("s3_slow");
    }
  }

  @Test
  void foreign_meter_that_fails_is_an_error_of_ours() {
    GaugeWithCallback.builder()
        .name("broken")
        .callback(
            callback -> {
              throw new IllegalStateException("no value");
            })
        .register(registry);

    assertThatThrownBy(meters::text)
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("no value");
  }
}
