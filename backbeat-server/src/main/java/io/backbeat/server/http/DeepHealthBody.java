package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.DeepHealth;

/** The body of {@code healthcheck/deep}: each partition, then how many milliseconds it took. */
final class DeepHealthBody {
  private DeepHealthBody() {}

  static ObjectNode of(DeepHealth health) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    health
        .partitions()
        .forEach((partition, ok) -> body.put(Integer.toString(partition), ok ? "ok" : "error"));
    return body.put("timeElapsed", health.elapsed().toMillis());
  }
}
