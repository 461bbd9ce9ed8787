package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ServiceName;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be done so that a service follows an overlay. Pure.
 *
 * @param changes the buckets that have to change and the workflows they are to have, none for a
 *     bucket that is to have no rules any more
 * @param version the version that is in force when all of them have changed
 */
record WorkflowPlan(Map<String, Map<String, JsonNode>> changes, BigDecimal version) {
  /**
   * Compares. An overlay that does not speak of the service, or whose version is not newer, changes
   * nothing; one without a version is always followed, and leaves the version as it was.
   */
  static WorkflowPlan of(ServiceName service, WorkflowState state, Overlay overlay) {
    Map<String, Map<String, JsonNode>> desired = overlay.desired().get(service);
    BigDecimal inForce = state.overlayVersion();
    boolean old = overlay.version().filter(v -> inForce.compareTo(v) >= 0).isPresent();
    if (desired == null || old) {
      return new WorkflowPlan(Map.of(), inForce);
    }
    Set<String> buckets = new LinkedHashSet<>(desired.keySet());
    buckets.addAll(state.workflows().keySet());
    Map<String, Map<String, JsonNode>> changes = new LinkedHashMap<>();
    for (String bucket : buckets) {
      if (!Objects.equals(state.workflows().get(bucket), desired.get(bucket))) {
        changes.put(bucket, desired.getOrDefault(bucket, Map.of()));
      }
    }
    return new WorkflowPlan(changes, overlay.version().orElse(inForce));
  }
}
