package io.backbeat.engine;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.job.JobEvent;
import io.backbeat.monitoring.EngineMonitor;
import io.backbeat.monitoring.LookUps;
import io.backbeat.monitoring.Meters;
import io.backbeat.queue.JobQueue;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What of an engine has meters on: everything if it was given meters, else nothing. */
final class EngineMonitoring {
  private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(2);

  private final JobQueue plain;
  private final Optional<Meters> meters;
  private final Optional<EngineMonitor> monitor;

  EngineMonitoring(Optional<Meters> meters, Stores stores, Clock clock) {
    this.plain = stores.queue();
    this.meters = meters;
    this.monitor =
        meters.map(m -> new EngineMonitor(m, stores.queue(), stores.journal().name(), clock));
  }

  JobQueue queue() {
    return monitor.map(EngineMonitor::queue).orElse(plain);
  }

  JobQueue populatorQueue() {
    return monitor.map(EngineMonitor::populatorQueue).orElse(plain);
  }

  JobHandler handler(JobHandler handler) {
    return monitor.map(m -> m.handler(handler)).orElse(handler);
  }

  List<JobEvent.Listener> listeners() {
    return monitor.map(EngineMonitor::listeners).orElse(List.of());
  }

  /** Says where to look values up, once everything is made. */
  void lookUp(EngineReadings.Source source, Executor executor) {
    monitor.ifPresent(
        m ->
            meters
                .orElseThrow()
                .lookUp(new LookUps(source.with(m).places(), executor, LOOK_UP_LIMIT)));
  }

  String text() {
    return meters
        .orElseThrow(
            () ->
                new BackbeatException(
                    ErrorCode.INTERNAL_ERROR,
                    "this engine has no meters: add the artifacts"
                        + " io.prometheus:prometheus-metrics-core,"
                        + " prometheus-metrics-exposition-textformats and"
                        + " prometheus-metrics-instrumentation-jvm, and build the engine with"
                        + " .meters(PrometheusMeters.create())"))
        .text();
  }
}
