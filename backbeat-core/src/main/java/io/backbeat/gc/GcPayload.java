package io.backbeat.gc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a garbage collection job deletes. Its JSON form is the {@code deleteData} message of {@code
 * backbeat-gc}, with the fingerprint added to each location.
 *
 * @param object the version whose data it is
 * @param owner canonical id of the object's owner; may be empty
 * @param parts the data, part by part
 */
record GcPayload(ObjectVersion object, String owner, List<Part> parts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Data at a location.
   *
   * @param key under which the location has it
   * @param fingerprint what the location said about it when it was copied
   */
  record Part(
      String key, String dataStoreName, long size, String dataStoreVersionId, String fingerprint) {
    static Part of(JsonNode location) {
      return new Part(
          location.path("key").asText(),
          location.path("dataStoreName").asText(),
          location.path("size").asLong(),
          location.path("dataStoreVersionId").asText(""),
          location.path("dataStoreETag").asText(""));
    }
  }

  GcPayload {
    parts = List.copyOf(parts);
  }

  /** Reads the members of stored metadata. */
  static GcPayload ofMetadata(ObjectVersion object, String metadata) {
    JsonNode tree = read(metadata);
    return new GcPayload(object, tree.path("owner-id").asText(""), parts(tree.path("location")));
  }

  /** Reads the JSON form. */
  static GcPayload ofJson(ObjectVersion object, String json) {
    JsonNode target = read(json).path("target");
    return new GcPayload(object, target.path("owner").asText(""), parts(target.path("locations")));
  }

  /**
   * The JSON form. The id of the action is made from the version and its revision, so that the same
   * collection planned twice is the same message.
   *
   * @param revision the client write that is at all destinations
   */
  String toJson(String revision) {
    String id =
        UUID.nameUUIDFromBytes(
                (object + "#" + revision + "#" + parts).getBytes(StandardCharsets.UTF_8))
            .toString();
    ObjectNode message = JSON.createObjectNode();
    message.put("actionId", id);
    message.put("action", "deleteData");
    // Of the two names of the bucket, replication of the original writes the first, and lifecycle
    // the second.
    message
        .putObject("contextInfo")
        .put("origin", "transientSource")
        .put("ruleType", "transient")
        .put("reqId", id)
        .put("bucket", object.bucket())
        .put("bucketName", object.bucket())
        .put("objectKey", object.key())
        .put("versionId", object.versionId())
        .put("isDeleteMarker", false);
    ObjectNode target = message.putObject("target");
    ArrayNode locations = target.putArray("locations");
    for (Part part : parts) {
      ObjectNode location =
          locations
              .addObject()
              .put("key", part.key)
              .put("dataStoreName", part.dataStoreName)
              .put("size", part.size);
      if (!part.dataStoreVersionId.isEmpty()) {
        location.put("dataStoreVersionId", part.dataStoreVersionId);
      }
      location.put("dataStoreETag", part.fingerprint);
    }
    target.put("owner", owner);
    return message.toString();
  }

  private static List<Part> parts(JsonNode locations) {
    List<Part> parts = new ArrayList<>();
    locations.forEach(location -> parts.add(Part.of(location)));
    return parts;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("must be JSON: " + e.getOriginalMessage(), e);
    }
  }
}
