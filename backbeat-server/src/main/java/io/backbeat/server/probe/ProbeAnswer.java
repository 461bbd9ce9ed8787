package io.backbeat.server.probe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.backbeat.api.ComponentHealth;
import java.util.List;

/**
 * An answer of the probes, in the forms of the original's.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body the text
 */
record ProbeAnswer(int status, String contentType, String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String APPLICATION_JSON = "application/json";

  static final ProbeAnswer OK = new ProbeAnswer(200, TEXT, "OK");
  static final ProbeAnswer NOT_GET =
      error(405, "MethodNotAllowed", "Only GET is allowed for probes and metrics.");
  static final ProbeAnswer UNKNOWN =
      error(400, "InvalidURI", "There are /_/live, /_/ready and /metrics.");

  static ProbeAnswer metrics(String text) {
    return new ProbeAnswer(200, PROMETHEUS, text);
  }

  static ProbeAnswer internalError(String message) {
    return error(500, "InternalError", message);
  }

  /** OK if the list is empty. */
  static ProbeAnswer readiness(List<ComponentHealth> failing) {
    if (failing.isEmpty()) {
      return OK;
    }
    ArrayNode reasons = JSON.createArrayNode();
    failing.forEach(
        component ->
            reasons
                .addObject()
                .put("component", component.component())
                .put("status", "NOT_READY")
                .put("detail", component.detail()));
    return new ProbeAnswer(500, APPLICATION_JSON, reasons.toString());
  }

  private static ProbeAnswer error(int status, String type, String message) {
    return new ProbeAnswer(
        status,
        APPLICATION_JSON,
        JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString());
  }
}
