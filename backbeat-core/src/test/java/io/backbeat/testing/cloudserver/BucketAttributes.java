package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The attributes of a bucket, as they stand in {@code __metastore}.
 *
 * @param layout how the ids of its documents are formed
 * @param json the attributes; not to be changed
 */
record BucketAttributes(KeyLayout layout, ObjectNode json) {
  /** The states of versioning. */
  enum Versioning {
    NONE,
    ENABLED,
    SUSPENDED
  }

  /** The attributes of a new bucket, with the members of the recorded ones. */
  static BucketAttributes create(
      String name, Account owner, String location, String now, String uid, KeyLayout layout) {
    ObjectNode json = JsonText.object();
    ObjectNode acl = json.putObject("acl").put("Canned", "private");
    for (String grant : new String[] {"FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"}) {
      acl.putArray(grant);
    }
    json.put("name", name);
    json.put("owner", owner.canonicalId());
    json.put("ownerDisplayName", owner.name());
    json.put("creationDate", now);
    json.put("mdBucketModelVersion", 16);
    json.put("transient", false);
    json.put("deleted", false);
    json.putNull("serverSideEncryption");
    json.putNull("versioningConfiguration");
    json.put("locationConstraint", location);
    json.putNull("readLocationConstraint");
    json.putNull("cors");
    json.putNull("replicationConfiguration");
    json.putNull("lifecycleConfiguration");
    json.putNull("bucketPolicy");
    json.put("uid", uid);
    json.putNull("isNFS");
    json.putNull("ingestion");
    json.putNull("azureInfo");
    json.put("objectLockEnabled", false);
    json.putNull("objectLockConfiguration");
    json.putNull("notificationConfiguration");
    json.putArray("tags");
    json.put("quotaMax", 0);
    return new BucketAttributes(layout, json);
  }

  /** The same with another value of a member. */
  BucketAttributes with(String member, JsonNode value) {
    ObjectNode copy = json.deepCopy();
    copy.set(member, value);
    return new BucketAttributes(layout, copy);
  }

  String name() {
    return json.path("name").asText();
  }

  String location() {
    return json.path("locationConstraint").asText();
  }

  Versioning versioning() {
    return switch (json.path("versioningConfiguration").path("Status").asText()) {
      case "Enabled" -> Versioning.ENABLED;
      case "Suspended" -> Versioning.SUSPENDED;
      default -> Versioning.NONE;
    };
  }

  boolean isVersioned() {
    return versioning() != Versioning.NONE;
  }

  boolean isNfs() {
    return json.path("isNFS").asBoolean();
  }

  Optional<JsonNode> configuration(String member) {
    JsonNode value = json.path(member);
    return value.isObject() ? Optional.of(value) : Optional.empty();
  }

  /** Whether removals are marked in the document first ("MongoDB layout", delete). */
  boolean marksRemovals() {
    return configuration("lifecycleConfiguration").isPresent()
        || configuration("notificationConfiguration").isPresent();
  }
}
