package io.backbeat.server.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.Backbeat;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ServiceName;
import io.backbeat.server.http.WireJson;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What there was to be seen at one moment.
 *
 * @param at when the last answer came
 * @param statuses of the locations that are watched
 * @param reports of the same locations; none if the service has no metrics
 */
public record Look(
    Instant at,
    HealthReport health,
    ServiceName service,
    List<LocationStatus> statuses,
    Map<LocationName, MetricsReport> reports) {
  /** Copies the list. */
  public Look {
    statuses = List.copyOf(statuses);
  }

  /**
   * Asks for everything.
   *
   * @param watched asks for the statuses of the locations
   */
  public static Look take(
      Backbeat backbeat, ServiceName service, Supplier<List<LocationStatus>> watched, Clock clock) {
    List<LocationStatus> statuses = watched.get();
    Map<LocationName, MetricsReport> reports = new LinkedHashMap<>();
    if (service != ServiceName.LIFECYCLE) {
      statuses.forEach(
          s -> reports.put(s.location(), backbeat.metrics().report(service, s.location())));
    }
    HealthReport health = backbeat.health();
    return new Look(clock.instant(), health, service, statuses, reports);
  }

  /** One document: time, health, and by location what the API says of each. */
  ObjectNode json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("time", Moments.at(at));
    document.put("health", health.overall().name());
    document.set("status", WireJson.locations(statuses));
    ObjectNode metrics = document.putObject("metrics");
    reports.forEach((location, report) -> metrics.set(location.value(), WireJson.metrics(report)));
    return document;
  }
}
