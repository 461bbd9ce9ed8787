package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;
import java.util.Locale;

/**
 * The body of {@code healthcheck}. The names {@code topics}, {@code zookeeper} and {@code
 * kafkaProducer} are those of the original, which monitoring looks for. Without Kafka there are no
 * topics to list and no {@code isrHealth}; the two connections then stand for the parts that store
 * state and queues: both are {@code error} when any part is failing. What the parts themselves say
 * follows in {@code components}.
 */
final class HealthBody {
  private HealthBody() {}

  static ObjectNode of(HealthReport report) {
    boolean ok = report.overall() != ComponentHealth.State.FAILING;
    String status = ok ? "ok" : "error";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("topics");
    ObjectNode connections = body.putObject("internalConnections");
    ObjectNode zookeeper = connections.putObject("zookeeper").put("status", status);
    zookeeper
        .putObject("details")
        .put("name", ok ? "SYNC_CONNECTED" : "DISCONNECTED")
        .put("code", ok ? 3 : 0);
    connections.putObject("kafkaProducer").put("status", status);
    ObjectNode components = body.putObject("components");
    report.components().forEach(c -> component(components, c));
    return body;
  }

  private static void component(ObjectNode components, ComponentHealth health) {
    ObjectNode body = components.putObject(health.component());
    body.put("status", health.state().name().toLowerCase(Locale.ROOT));
    if (!health.detail().isEmpty()) {
      body.put("detail", health.detail());
    }
  }
}
