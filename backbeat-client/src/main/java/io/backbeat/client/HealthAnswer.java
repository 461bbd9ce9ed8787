package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.api.TopicHealth;
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
    List<TopicHealth> topics = new ArrayList<>();
    for (JsonNode topic : body.path("topics")) {
      topics.add(topic(topic));
    }
    return new HealthReport(components, topics);
  }

  /** What the original tells: its connections and its topic. Too few replicas are no standstill. */
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
    List<TopicHealth> topics = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : body.path("topics").properties()) {
      topics.add(topic(entry.getValue()));
    }
    return new HealthReport(components, topics);
  }

  /** The original does not tell how many replicas must be in sync. */
  private static TopicHealth topic(JsonNode topic) {
    List<TopicHealth.Partition> partitions = new ArrayList<>();
    for (JsonNode partition : Json.child(topic, "partitions")) {
      partitions.add(
          new TopicHealth.Partition(
              Math.toIntExact(Json.integer(partition, "id")),
              Math.toIntExact(Json.integer(partition, "leader")),
              brokers(Json.child(partition, "replicas")),
              brokers(Json.child(partition, "isrs"))));
    }
    return new TopicHealth(
        Json.text(topic, "name"),
        partitions,
        Math.max(1, topic.path("minInSyncReplicas").asInt(1)));
  }

  private static List<Integer> brokers(JsonNode numbers) {
    List<Integer> brokers = new ArrayList<>();
    numbers.forEach(number -> brokers.add(number.asInt()));
    return brokers;
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
