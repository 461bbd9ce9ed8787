package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.job.Job;
import io.backbeat.log.MetadataChange;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.store.Stores;
import io.backbeat.task.JobContext;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A running engine that has been through something: every object is COMPLETED at paris, FAILED at
 * tokyo and PENDING at oslo, which is paused. The clock stands still, so that two looks at the same
 * thing see the same.
 */
final class ContractEngine implements AutoCloseable {
  static final LocationName PARIS = LocationName.of("paris");
  static final LocationName TOKYO = LocationName.of("tokyo");
  static final LocationName OSLO = LocationName.of("oslo");

  /** Never gets an object; its name has all that needs care in a path. */
  static final LocationName ODD = LocationName.of("rio é;+%2F?#&=");

  static final LocationName RING = LocationName.of("ring");
  static final LocationName COLD = LocationName.of("cold");

  /** Of a file that has versions, the last one first. */
  static final List<Metadata> VERSIONED =
      Stream.of(3, 2, 1).map(n -> written("photos", "2026/cat.jpg").version(n)).toList();

  /** Names that somebody on the way could take for something else. */
  static final List<String> ODD_KEYS =
      List.of(
          "dir/a b:é",
          "x//y/",
          "/leading",
          "./a/../b/.",
          "..",
          "100%",
          "a+b?c#d&e=f",
          "%2F%252F%",
          "line\nbreak\ttab",
          "日本語/😀",
          "\"'`<>{}|\\^[]~",
          ";jsessionid=1;/a;b",
          "versionId=1?versionId=2",
          "all/schedule");

  static final List<Metadata> OBJECTS =
      Stream.concat(VERSIONED.stream(), ODD_KEYS.stream().map(key -> written("files;+ %", key)))
          .toList();

  private static final Instant NOW = Instant.parse("2026-11-22T12:02:03.250Z");

  final MutableClock clock = new MutableClock(NOW);
  private final Stores stores;
  private final BackbeatEngine engine;

  private ContractEngine(Stores stores) {
    this.stores = stores;
    this.engine =
        BackbeatEngine.builder(stores)
            .locations(PARIS, TOKYO, OSLO, ODD)
            .locations(ServiceName.INGESTION, List.of(RING))
            .locations(ServiceName.LIFECYCLE, List.of(COLD, PARIS))
            .replication(ContractEngine::copy)
            .config(
                EngineConfig.DEFAULT.withRetry(
                    new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
            .clock(clock)
            .meters(PrometheusMeters.create())
            .build();
  }

  static ContractEngine started(Stores stores) {
    ContractEngine started = new ContractEngine(stores);
    try {
      started.prepare();
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** A version of each object. */
  static List<ObjectVersion> objects() {
    return OBJECTS.stream().map(Metadata::object).toList();
  }

  Backbeat operations() {
    return engine.operations();
  }

  /** Stops jobs from being run at a location, so that what is queued stays queued. */
  void freeze(LocationName location) {
    operations().locations().pause(ServiceName.REPLICATION, location);
    await()
        .until(
            () ->
                operations().locations().get(ServiceName.REPLICATION, location).observed()
                    == ObservedState.PAUSED);
  }

  @Override
  public void close() {
    engine.close(Duration.ofSeconds(5));
    stores.close();
  }

  private void prepare() {
    operations().locations().pause(ServiceName.REPLICATION, OSLO);
    engine.start();
    stores.journal().append(OBJECTS.stream().map(m -> (MetadataChange) m.put()).toList());
    long all = OBJECTS.size();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(reached()).isEqualTo(new Reached(all, all, 0, all, 0)));
  }

  /** How far the preparation is. */
  private record Reached(
      long completedAtParis,
      long failedAtTokyo,
      long pendingAtTokyo,
      long pendingAtOslo,
      long unobserved) {}

  private Reached reached() {
    return new Reached(
        report(PARIS).completions().count(),
        report(TOKYO).failures().count(),
        report(TOKYO).pending().count(),
        report(OSLO).pending().count(),
        operations().locations().list(ServiceName.REPLICATION).stream()
            .filter(status -> status.observed() == ObservedState.UNKNOWN)
            .count());
  }

  private MetricsReport report(LocationName location) {
    return operations().metrics().report(ServiceName.REPLICATION, location);
  }

  /** Tells of a thousand bytes only, so that not all numbers of an object are round. */
  private static TaskOutcome copy(Job job, JobContext context) {
    if (job.location().equals(TOKYO)) {
      return new TaskOutcome.Rejected("Full", "no space left at \"tokyo\": é");
    }
    context.transferStarted();
    context.bytesTransferred(1000);
    return new TaskOutcome.Replicated("copy of " + job.object().key());
  }

  private static Metadata written(String bucket, String key) {
    return Metadata.pending(bucket, key, "paris", "tokyo", "oslo").bytes(1234);
  }
}
