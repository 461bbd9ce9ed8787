package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workflows in force at a service, and the version of the overlay they came with. Immutable. A
 * bucket without workflows is in doubt: a change of it was begun, and nobody knows how far it came.
 */
record WorkflowState(Map<String, Map<String, JsonNode>> workflows, BigDecimal overlayVersion) {
  static final WorkflowState NONE = new WorkflowState(Map.of(), BigDecimal.ZERO);

  /**
   * Reads a document of ours or of the original, also of the time when workflows were streams.
   *
   * @throws BackbeatException INTERNAL_ERROR if it is something else
   */
  static WorkflowState parse(String document) {
    JsonNode state =
        WorkflowJson.parse(document)
            .filter(JsonNode::isObject)
            .orElseThrow(
                () ->
                    new BackbeatException(
                        ErrorCode.INTERNAL_ERROR,
                        "the stored workflows are not a JSON object, but " + document));
    JsonNode buckets = state.has("workflows") ? state.path("workflows") : state.path("streams");
    Map<String, Map<String, JsonNode>> workflows = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> bucket : buckets.properties()) {
      Map<String, JsonNode> byId = new LinkedHashMap<>();
      bucket.getValue().properties().forEach(entry -> byId.put(entry.getKey(), entry.getValue()));
      workflows.put(bucket.getKey(), byId);
    }
    JsonNode version = state.path("overlayVersion");
    return new WorkflowState(
        workflows, version.isNumber() ? version.decimalValue() : BigDecimal.ZERO);
  }

  String document() {
    ObjectNode state = WorkflowJson.object();
    ObjectNode buckets = state.putObject("workflows");
    workflows.forEach(
        (bucket, byId) -> {
          ObjectNode stored = buckets.putObject(bucket);
          byId.forEach(stored::set);
        });
    state.set("overlayVersion", DecimalNode.valueOf(overlayVersion));
    return WorkflowJson.write(state);
  }

  /** The same with changes of some buckets begun. */
  WorkflowState inDoubt(Collection<String> buckets) {
    Map<String, Map<String, JsonNode>> changed = new LinkedHashMap<>(workflows);
    buckets.forEach(bucket -> changed.put(bucket, Map.of()));
    return new WorkflowState(changed, overlayVersion);
  }

  /** The same with a bucket that has followed; it is forgotten if it has no workflows any more. */
  WorkflowState with(String bucket, Map<String, JsonNode> byId) {
    Map<String, Map<String, JsonNode>> changed = new LinkedHashMap<>(workflows);
    if (byId.isEmpty()) {
      changed.remove(bucket);
    } else {
      changed.put(bucket, byId);
    }
    return new WorkflowState(changed, overlayVersion);
  }

  WorkflowState withVersion(BigDecimal version) {
    return new WorkflowState(workflows, version);
  }
}
