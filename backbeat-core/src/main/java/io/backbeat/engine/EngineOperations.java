package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.WorkflowOperations;
import io.backbeat.health.DeepHealthCheck;
import io.backbeat.health.HealthReporter;

/** The facets of one engine, bundled. */
record EngineOperations(
    HealthReporter reporter,
    DeepHealthCheck roundTrips,
    EngineMonitoring monitor,
    MetricsOperations metrics,
    FailedOperations failed,
    LocationOperations locations,
    ObjectOperations objects,
    WorkflowOperations workflows,
    BulkOperations bulk)
    implements Backbeat {
  @Override
  public HealthReport health() {
    return reporter.report();
  }

  @Override
  public DeepHealth deepHealth() {
    return roundTrips.check();
  }

  @Override
  public String monitoring() {
    return monitor.text();
  }
}
