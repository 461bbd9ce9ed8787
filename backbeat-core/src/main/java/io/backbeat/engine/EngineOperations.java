package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.ObjectOperations;
import io.backbeat.health.HealthReporter;

/** The facets of one engine, bundled. */
record EngineOperations(
    HealthReporter reporter,
    MetricsOperations metrics,
    FailedOperations failed,
    LocationOperations locations,
    ObjectOperations objects)
    implements Backbeat {
  @Override
  public HealthReport health() {
    return reporter.report();
  }
}
