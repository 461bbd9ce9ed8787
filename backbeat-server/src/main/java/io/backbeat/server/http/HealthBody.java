package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;

/**
 * The body of {@code healthcheck}. The names {@code topics}, {@code zookeeper} and {@code
 * kafkaProducer} are those of the original, which monitoring looks for. Without Kafka there are no
 * topics to list and no {@code isrHealth}; the two connections then stand for the parts that store
 * state and queues: both are {@code error} when any part is failing. What the parts themselves say
 * is on {@code health}.
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
    return body;
  }
}
