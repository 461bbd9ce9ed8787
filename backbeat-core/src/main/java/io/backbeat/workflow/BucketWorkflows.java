package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Workflows by bucket and id. Workflows are documents that nobody changes. Not thread-safe. */
final class BucketWorkflows {
  private final Map<String, Map<String, JsonNode>> buckets = new LinkedHashMap<>();

  /** Adds a workflow; a later one of the same id replaces the earlier. */
  void add(String bucket, String id, JsonNode workflow) {
    buckets.computeIfAbsent(bucket, b -> new LinkedHashMap<>()).put(id, workflow);
  }

  Map<String, Map<String, JsonNode>> asMap() {
    return buckets;
  }

  boolean has(String bucket, String id) {
    return buckets.getOrDefault(bucket, Map.of()).containsKey(id);
  }
}
