package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.HealthReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the bodies of the health routes. */
final class HealthAnswer {
  private static final String ELAPSED = "timeElapsed";

  private HealthAnswer() {}

  static HealthReport report(JsonNode body) {
    List<ComponentHealth> components = new ArrayList<>();
    for (JsonNode part : Json.child(body, "components")) {
      components.add(
          new ComponentHealth(
              Json.text(part, "component"),
              Json.constant(ComponentHealth.State.class, part, "state"),
              Json.textOrEmpty(part, "detail")));
    }
    return new HealthReport(components);
  }

  /** What the original tells: its connections. Too few replicas are no standstill. */
  static HealthReport connections(JsonNode body) {
    List<ComponentHealth> components = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : Json.child(body, "internalConnections").properties()) {
      JsonNode connection = entry.getValue();
      boolean replicas = entry.getKey().equals("isrHealth");
      String status = replicas ? connection.asText() : Json.text(connection, "status");
      components.add(
          new ComponentHealth(
              entry.getKey(),
              state(status.equals("ok"), replicas),
              connection.path("details").path("name").asText("")));
    }
    return new HealthReport(components);
  }

  static DeepHealth deep(JsonNode body) {
    SortedMap<Integer, Boolean> partitions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      if (!entry.getKey().equals(ELAPSED)) {
        partitions.put(Integer.valueOf(entry.getKey()), entry.getValue().asText().equals("ok"));
      }
    }
    return new DeepHealth(partitions, Duration.ofMillis(Json.integer(body, ELAPSED)));
  }

  private static ComponentHealth.State state(boolean ok, boolean restrictionOnly) {
    if (ok) {
      return ComponentHealth.State.OK;
    }
    return restrictionOnly ? ComponentHealth.State.DEGRADED : ComponentHealth.State.FAILING;
  }
}
