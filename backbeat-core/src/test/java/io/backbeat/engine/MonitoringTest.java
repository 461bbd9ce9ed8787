package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.job.Job;
import io.backbeat.log.MetadataChange;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.monitoring.EngineMeters;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Meters;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.store.Stores;
import io.backbeat.task.JobContext;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the meters of a running engine say. */
@Timeout(60)
class MonitoringTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

  private final Stores stores = new InMemoryStores();
  private final Meters meters = PrometheusMeters.in(new PrometheusRegistry());
  private final AtomicInteger attempts = new AtomicInteger();
  private final BackbeatEngine engine =
      BackbeatEngine.builder(stores)
          .locations(PARIS, TOKYO)
          .replication(this::copy)
          .garbageCollection(
              Set.of(LocationName.of("source")),
              (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
          .config(
              EngineConfig.DEFAULT
                  .withRetry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0))
                  .withBreaker(Duration.ofMillis(1), Duration.ofMillis(1)))
          .meters(meters)
          .build();

  @AfterEach
  void close() {
    engine.close(Duration.ofSeconds(5));
    stores.close();
    meters.close();
  }

  /** To paris at the second attempt, to tokyo never. */
  private TaskOutcome copy(Job job, JobContext context) {
    context.transferStarted();
    if (job.location().equals(TOKYO)) {
      return new TaskOutcome.Rejected("AccessDenied", "no permission to write");
    }
    return switch (attempts.incrementAndGet()) {
      case 1 -> new TaskOutcome.DestinationDown("refused", Optional.empty());
      case 2 -> new TaskOutcome.Retryable("Timeout", "no answer", Optional.empty());
      default -> {
        context.bytesTransferred(job.bytes());
        yield TaskOutcome.Replicated.WITHOUT_VERSION;
      }
    };
  }

  private void run() {
    engine.start();
    stores.journal().append(List.of(write()));
    await().until(() -> engine.unfinished().logLag() == 0 && engine.unfinished().settled());
    await().until(() -> text().contains("replicationStatus=\"COMPLETED\""));
  }

  private static MetadataChange write() {
    return Metadata.pending("bucket", "key", "paris", "tokyo").version(1).put();
  }

  private String text() {
    return engine.operations().monitoring();
  }

  @Test
  void story_of_two_jobs_is_told_under_the_names_of_the_original() {
    run();
    engine.operations().locations().pause(ServiceName.REPLICATION, TOKYO);

    assertThat(text().lines())
        .contains(
            "s3_replication_status_changed_total{origin=\"replication\",replicationStatus=\"COMPLETED\"} 1.0",
            "s3_replication_status_changed_total{origin=\"replication\",replicationStatus=\"FAILED\"} 1.0",
            "s3_replication_replay_attempts_total{location=\"paris\",origin=\"replication\",replayCount=\"0\"} 1.0",
            "s3_replication_replay_success_total{location=\"paris\",origin=\"replication\",replayCount=\"1\"} 1.0",
            "s3_replication_data_bytes_total{location=\"paris\",origin=\"replication\",serviceName=\"ReplicationQueueProcessor\"} 100.0",
            "s3_replication_populator_messages_total{logId=\"0\",logName=\""
                + stores.journal().name()
                + "\",origin=\"replication\",publishStatus=\"SUCCESS\"} 2.0",
            "s3_replication_failed_versions{location=\"tokyo\"} 1.0",
            "s3_replication_failed_versions{location=\"paris\"} 0.0",
            "s3_circuit_breaker_errors_count 1.0",
            "s3_circuit_breaker{type=\"replication/paris\"} 0.0",
            "s3_backbeat_location_paused{location=\"tokyo\",service=\"crr\"} 1.0",
            "s3_backbeat_location_paused{location=\"paris\",service=\"crr\"} 0.0",
            "s3_backbeat_queue_backlog_jobs{group=\"backbeat-replication-group-paris\",topic=\"replication/paris\"} 0.0",
            "s3_backbeat_queue_delivery_reports_total{status=\"success\"} 3.0",
            "s3_backbeat_readings_ok{reading=\"ledger\"} 1.0");
  }

  @Test
  void every_meter_is_documented_with_its_type_and_its_labels() {
    run();

    for (String line : text().lines().toList()) {
      if (line.startsWith("# TYPE")) {
        String[] type = line.split(" ");
        assertThat(meter(type[2]).kind().name().toLowerCase(Locale.ROOT)).isEqualTo(type[3]);
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(labels(sample.group(2)))
            .as(line)
            .isEqualTo(new TreeSet<>(meter(sample.group(1)).labels()));
      }
    }
  }

  @Test
  void every_documented_meter_is_shown_by_an_engine_that_did_everything() {
    run();
    engine.close(Duration.ofSeconds(5)); // takes partitions away

    Set<String> shown =
        text()
            .lines()
            .filter(line -> line.startsWith("# TYPE"))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(EngineMeters.ALL.stream().map(Meter::name).toList());
    missing.removeAll(shown);
    // Nobody has deleted source data, dropped a job or written an object without content, and
    // nothing is looked up by threads that are gone.
    missing.removeAll(LOOKED_UP);
    assertThat(missing)
        .containsExactly(
            "s3_gc_duration_seconds",
            "s3_replication_dropped_jobs_total",
            "s3_replication_metadata_status_changed_total");
  }

  private static final Set<String> LOOKED_UP =
      Set.of(
          "s3_backbeat_location_paused",
          "s3_backbeat_quarantined_records",
          "s3_backbeat_queue_backlog_jobs",
          "s3_backbeat_queue_consumer_restarts_total",
          "s3_backbeat_queue_in_flight_jobs",
          "s3_backbeat_queue_last_progress_timestamp",
          "s3_backbeat_queue_oldest_job_age_seconds",
          "s3_backbeat_queue_running_attempts",
          "s3_backbeat_queue_slowTasks_count",
          "s3_backbeat_queue_stale_outcomes_total",
          "s3_circuit_breaker",
          "s3_replication_catch_up_seconds",
          "s3_replication_catch_up_state",
          "s3_replication_failed_versions",
          "s3_replication_log_size",
          "s3_replication_log_timestamp",
          "s3_replication_oldest_pending_age_seconds",
          "s3_replication_pending_bytes",
          "s3_replication_pending_versions",
          "s3_replication_populator_lag_entries",
          "s3_replication_queued_versions",
          "s3_replication_read_offset",
          "s3_replication_time_quantile_seconds",
          "s3_replication_waiting_versions");

  @Test
  void what_is_looked_up_is_all_there_while_the_engine_runs() {
    run();

    // Replication times are written a moment after the jobs are settled.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        text()
                            .lines()
                            .filter(line -> line.startsWith("# TYPE"))
                            .map(line -> line.split(" ")[2]))
                    .containsAll(LOOKED_UP));
  }

  @Test
  void engine_without_meters_names_what_to_add() {
    BackbeatEngine plain = BackbeatEngine.builder(stores).build();

    assertThatThrownBy(() -> plain.operations().monitoring())
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("prometheus-metrics-core")
        .hasMessageContaining(".meters(");
    plain.close();
  }

  private static Meter meter(String sample) {
    String family = sample.replaceAll("_(bucket|sum|count)$", "");
    return EngineMeters.ALL.stream()
        .filter(m -> m.name().equals(sample) || m.name().equals(family))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample + " is not documented"));
  }

  private static Set<String> labels(String text) {
    if (text == null) {
      return new TreeSet<>();
    }
    return Arrays.stream(text.split("\",?"))
        .filter(part -> part.endsWith("="))
        .map(part -> part.substring(0, part.length() - 1))
        .filter(name -> !name.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
