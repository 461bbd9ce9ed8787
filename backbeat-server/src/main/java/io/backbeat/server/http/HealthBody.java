package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.api.TopicHealth;
import java.util.Optional;

/**
 * The body of {@code healthcheck}, in the shape of the original, which monitoring looks for: the
 * topics, then {@code isrHealth} if there are any, {@code zookeeper} and {@code kafkaProducer}.
 *
 * <p>The two connections tell of the components {@code zookeeper} and {@code kafka}. On stores
 * without these, they stand for the parts that store state and queues: both are {@code error} when
 * any part is failing. What the parts themselves say is on {@code health}.
 */
final class HealthBody {
  private HealthBody() {}

  static ObjectNode of(HealthReport report) {
    boolean ok = report.overall() != ComponentHealth.State.FAILING;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode topics = body.putObject("topics");
    report.topics().forEach(topic -> topics.set(topic.name(), TopicBody.of(topic)));
    ObjectNode connections = body.putObject("internalConnections");
    if (!report.topics().isEmpty()) {
      connections.put("isrHealth", status(report.topics().stream().allMatch(TopicHealth::inSync)));
    }
    ZooKeeperState state =
        component(report, "zookeeper")
            .map(ZooKeeperState::of)
            .orElse(ok ? ZooKeeperState.SYNC_CONNECTED : ZooKeeperState.DISCONNECTED);
    ObjectNode zookeeper = connections.putObject("zookeeper");
    zookeeper.put("status", status(state == ZooKeeperState.SYNC_CONNECTED));
    zookeeper.putObject("details").put("name", state.name()).put("code", state.code());
    boolean producing =
        component(report, "kafka")
            .map(kafka -> kafka.state() != ComponentHealth.State.FAILING)
            .orElse(ok);
    connections.putObject("kafkaProducer").put("status", status(producing));
    return body;
  }

  private static String status(boolean ok) {
    return ok ? "ok" : "error";
  }

  private static Optional<ComponentHealth> component(HealthReport report, String name) {
    return report.components().stream().filter(part -> part.component().equals(name)).findFirst();
  }
}
