package io.backbeat.client;

import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.util.List;

record BlockingMetrics(AsyncMetrics async) implements MetricsOperations {
  @Override
  public MetricsReport report(ServiceName service, LocationName location) {
    return Waiting.on(async.report(service, location));
  }

  @Override
  public MetricsReport reportAll(ServiceName service) {
    return Waiting.on(async.reportAll(service));
  }

  @Override
  public ObjectProgress progress(LocationName location, ObjectVersion object) {
    return Waiting.on(async.progress(location, object));
  }

  @Override
  public double bytesPerSecond(LocationName location, ObjectVersion object) {
    return Waiting.on(async.bytesPerSecond(location, object));
  }

  @Override
  public LagReport lag(ServiceName service, LocationName location) {
    return Waiting.on(async.lag(service, location));
  }

  @Override
  public List<LagReport> lagAll(ServiceName service) {
    return Waiting.on(async.lagAll(service));
  }
}
