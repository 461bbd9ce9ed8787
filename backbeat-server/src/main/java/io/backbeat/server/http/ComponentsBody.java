package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.HealthReport;

/**
 * The body of {@code health}: the worst state, then that of every part, then the topics if there
 * are any.
 */
final class ComponentsBody {
  private ComponentsBody() {}

  static ObjectNode of(HealthReport report) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", report.overall().name());
    ArrayNode components = body.putArray("components");
    report
        .components()
        .forEach(
            health ->
                components
                    .addObject()
                    .put("component", health.component())
                    .put("state", health.state().name())
                    .put("detail", health.detail()));
    if (!report.topics().isEmpty()) {
      ArrayNode topics = body.putArray("topics");
      report
          .topics()
          .forEach(
              topic ->
                  topics.add(
                      TopicBody.of(topic).put("minInSyncReplicas", topic.minInSyncReplicas())));
    }
    return body;
  }
}
