package io.backbeat.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkTask;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ReplicationStatus;
import java.util.List;

/** The bodies of the API, for others who print the same things. */
public final class WireJson {
  private WireJson() {}

  /** As {@code <service>/status?detail=true}. */
  public static ObjectNode locations(List<LocationStatus> statuses) {
    return LocationBody.detail(statuses);
  }

  /** As {@code metrics/<service>/<location>}. */
  public static ObjectNode metrics(MetricsReport report) {
    return MetricsBody.of(report, MetricType.of(report.service()));
  }

  /** As one of the {@code locations} of {@code metrics/crr/<location>/lag}. */
  public static ObjectNode lag(LagReport report) {
    return LagBody.of(report);
  }

  /** As {@code health}. */
  public static ObjectNode health(HealthReport report) {
    return ComponentsBody.of(report);
  }

  /** As {@code healthcheck/deep}. */
  public static ObjectNode deepHealth(DeepHealth health) {
    return DeepHealthBody.of(health);
  }

  /** As one of the {@code Versions} of {@code crr/failed?detail=true}. */
  public static JsonNode failed(FailedOperation operation) {
    return FailedBody.of(List.of(operation), true).path("Versions").path(0);
  }

  /** As {@code crr/tasks/<id>}. */
  public static ObjectNode task(BulkTask task) {
    return BulkBody.of(task);
  }

  /** As {@code crr/tasks}. */
  public static ObjectNode tasks(List<BulkTask> tasks) {
    return BulkBody.of(tasks);
  }

  /** As {@code objects/<bucket>/<key>}. */
  public static ObjectNode object(ReplicationStatus status) {
    return ObjectBody.of(status);
  }

  /** As {@code crr/objects/<bucket>/<key>}. */
  public static ObjectNode explanation(ObjectExplanation explanation) {
    return ExplanationBody.of(explanation);
  }
}
