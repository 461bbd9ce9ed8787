package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which client writes are to be replicated, and what they say of it ("who sets PENDING"). */
final class Replications {
  private static final String PREFERRED = ":preferred_read";

  private final DataStores stores;
  private final List<String> endpoints;

  /**
   * Rules.
   *
   * @param endpoints the replication endpoints; the first is for rules without a storage class
   */
  Replications(DataStores stores, List<String> endpoints) {
    this.stores = stores;
    this.endpoints = List.copyOf(endpoints);
  }

  /** What an object without a rule has. */
  static ObjectNode none() {
    ObjectNode info = JsonText.object();
    info.put("status", "");
    info.putArray("backends");
    info.putArray("content");
    info.put("destination", "");
    info.put("storageClass", "");
    info.put("role", "");
    info.put("storageType", "");
    info.put("dataStoreVersionId", "");
    info.putNull("isNFS");
    return info;
  }

  /**
   * Marks a document PENDING if a rule says so; the first enabled one whose prefix fits.
   *
   * @param value changed in place
   * @param requester whose write it is; of a service account nothing is replicated
   * @param withData whether the data changed; an empty object has none
   * @param operation what is appended to the content if a site is in a cloud; empty for nothing
   * @param merges whether the info that is there stays but for what is new (tags, retention, legal
   *     hold)
   */
  void mark(
      BucketAttributes bucket,
      String key,
      ObjectNode value,
      Account requester,
      boolean withData,
      String operation,
      boolean merges) {
    Optional<JsonNode> rule = requester.service() ? Optional.empty() : rule(bucket, key);
    if (rule.isEmpty()) {
      return;
    }
    JsonNode configuration = bucket.json().path("replicationConfiguration");
    JsonNode before = value.path("replicationInfo");
    String storageClass = rule.get().path("storageClass").asText();
    if (storageClass.isEmpty()) {
      storageClass = endpoints.isEmpty() ? "" : endpoints.get(0);
    }
    ObjectNode info = merges && before.isObject() ? before.deepCopy() : none();
    info.put("status", "PENDING");
    ArrayNode backends = JsonText.array();
    List<String> types = new ArrayList<>();
    for (String name : storageClass.split(",")) {
      String site = name.endsWith(PREFERRED) ? name.substring(0, name.indexOf(':')) : name;
      backends
          .addObject()
          .put("site", site)
          .put("status", "PENDING")
          .put("dataStoreVersionId", versionAt(before, site));
      stores
          .location(site)
          .filter(location -> location.type().isCloud())
          .ifPresent(location -> types.add(location.type().storageType()));
    }
    info.set("backends", backends);
    ArrayNode content = JsonText.array();
    if (withData && value.path("content-length").asLong() > 0) {
      content.add("DATA");
    }
    content.add("METADATA");
    if (!operation.isEmpty() && !types.isEmpty()) {
      content.add(operation);
    }
    info.set("content", content);
    info.put("destination", configuration.path("destination").asText());
    info.put("storageClass", storageClass);
    info.put("role", configuration.path("role").asText());
    info.put("storageType", String.join(",", types));
    if (bucket.isNfs()) {
      info.put("isNFS", true);
    }
    value.set("replicationInfo", info);
  }

  private static String versionAt(JsonNode info, String site) {
    for (JsonNode backend : info.path("backends")) {
      if (backend.path("site").asText().equals(site)) {
        return backend.path("dataStoreVersionId").asText();
      }
    }
    return "";
  }

  private static Optional<JsonNode> rule(BucketAttributes bucket, String key) {
    for (JsonNode rule : bucket.json().path("replicationConfiguration").path("rules")) {
      if (rule.path("enabled").asBoolean() && key.startsWith(rule.path("prefix").asText())) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
