package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ServiceName;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a management layer wants: a version, and the workflows of those services it speaks of.
 *
 * @param desired a service that is not in here is left alone; one without buckets has no workflows
 */
record Overlay(
    Optional<BigDecimal> version, Map<ServiceName, Map<String, Map<String, JsonNode>>> desired) {
  private static final String WORKFLOWS = "workflows";
  private static final String STREAMS = "replicationStreams";
  private static final String TRANSITION = "transition";

  /**
   * Reads an overlay. A JSON value that is no object speaks of no service.
   *
   * @throws BackbeatException MALFORMED_REQUEST
   */
  static Overlay parse(String configuration) {
    JsonNode overlay =
        WorkflowJson.parse(configuration)
            .filter(node -> !node.isNull())
            .orElseThrow(() -> new BackbeatException(ErrorCode.MALFORMED_REQUEST, "invalid JSON"));
    WorkflowJson.requireFinite(overlay);
    Map<ServiceName, Map<String, Map<String, JsonNode>>> desired = new EnumMap<>(ServiceName.class);
    JsonNode workflows = WorkflowJson.member(overlay, WORKFLOWS);
    if (!workflows.isMissingNode()) {
      WorkflowJson.requireObject(workflows, WORKFLOWS);
      desired.put(ServiceName.REPLICATION, kind(workflows, "replication").asMap());
      desired.put(ServiceName.LIFECYCLE, lifecycle(workflows));
    }
    JsonNode streams = WorkflowJson.member(overlay, STREAMS);
    if (!streams.isMissingNode()) {
      desired.put(ServiceName.REPLICATION, streams(streams));
    }
    return new Overlay(version(overlay), desired);
  }

  private static Optional<BigDecimal> version(JsonNode overlay) {
    JsonNode version = WorkflowJson.member(overlay, "version");
    if (version.isMissingNode()) {
      return Optional.empty();
    }
    if (!version.isNumber()) {
      throw WorkflowJson.malformed("version", "a number", version);
    }
    return Optional.of(version.decimalValue());
  }

  /** A bucket has one set of lifecycle rules, so both kinds are one thing to it. */
  private static Map<String, Map<String, JsonNode>> lifecycle(JsonNode workflows) {
    BucketWorkflows all = kind(workflows, "lifecycle");
    kind(workflows, TRANSITION)
        .asMap()
        .forEach(
            (bucket, transitions) ->
                transitions.forEach(
                    (id, workflow) ->
                        all.add(
                            bucket, all.has(bucket, id) ? TRANSITION + "-" + id : id, workflow)));
    return all.asMap();
  }

  private static BucketWorkflows kind(JsonNode workflows, String kind) {
    BucketWorkflows result = new BucketWorkflows();
    JsonNode buckets = WorkflowJson.member(workflows, kind);
    if (buckets.isMissingNode()) {
      return result;
    }
    String place = WORKFLOWS + "." + kind;
    for (Map.Entry<String, JsonNode> bucket :
        WorkflowJson.requireObject(buckets, place).properties()) {
      String where = place + "." + bucket.getKey();
      for (JsonNode workflow : WorkflowJson.requireArray(bucket.getValue(), where)) {
        JsonNode id = WorkflowJson.requireObject(workflow, where + "[]").path("workflowId");
        result.add(
            bucket.getKey(), WorkflowJson.requireText(id, where + "[].workflowId"), workflow);
      }
    }
    return result;
  }

  /** Each becomes a workflow of its bucket that has the id of the stream. */
  private static Map<String, Map<String, JsonNode>> streams(JsonNode streams) {
    BucketWorkflows result = new BucketWorkflows();
    for (JsonNode stream : WorkflowJson.requireArray(streams, STREAMS)) {
      WorkflowJson.requireObject(stream, STREAMS + "[]");
      String id = WorkflowJson.requireText(stream.path("streamId"), STREAMS + "[].streamId");
      String bucket =
          WorkflowJson.requireText(
              stream.path("source").path("bucketName"), STREAMS + "[].source.bucketName");
      ObjectNode workflow = stream.<ObjectNode>deepCopy().put("workflowId", id);
      result.add(bucket, id, workflow);
    }
    return result.asMap();
  }
}
