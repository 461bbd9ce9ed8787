package io.backbeat.engine;

import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.lag.LagReader;
import io.backbeat.metrics.MetricsReader;
import java.util.List;

/** The numbers of the counters and the lag of the ledger, as one facet. */
record EngineMetrics(MetricsReader numbers, LagReader lags) implements MetricsOperations {
  @Override
  public MetricsReport report(ServiceName service, LocationName location) {
    return numbers.report(service, location);
  }

  @Override
  public MetricsReport reportAll(ServiceName service) {
    return numbers.reportAll(service);
  }

  @Override
  public ObjectProgress progress(LocationName location, ObjectVersion object) {
    return numbers.progress(location, object);
  }

  @Override
  public double bytesPerSecond(LocationName location, ObjectVersion object) {
    return numbers.bytesPerSecond(location, object);
  }

  @Override
  public LagReport lag(ServiceName service, LocationName location) {
    return lags.lag(service, location);
  }

  @Override
  public List<LagReport> lagAll(ServiceName service) {
    return lags.lagAll(service);
  }
}
