package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of an object as the write of a client makes it, member by member as in the recorded
 * documents. Pure.
 */
final class ObjectDocument {
  static final String META = "x-amz-meta-";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ObjectDocument() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** What a client says of an object besides its bytes. */
  record Described(Map<String, String> headers, Map<String, String> userMetadata) {
    static final String[] HEADERS = {
      "cache-control", "content-disposition", "content-encoding", "expires"
    };

    static Described of(Request request) {
      Map<String, String> headers = new java.util.LinkedHashMap<>();
      for (String name : HEADERS) {
        String value = request.header(name);
        if (name.equals("content-encoding")) {
          value = value.replace("aws-chunked", "").replaceAll("^,|,$", "");
        }
        if (!value.isEmpty()) {
          headers.put(name, value);
        }
      }
      String type = request.header("content-type");
      headers.put("content-type", type.isEmpty() ? "application/octet-stream" : type);
      Map<String, String> user = new java.util.LinkedHashMap<>();
      request
          .headers()
          .forEach(
              (name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith(META)) {
                  user.put(lower, String.join(",", values));
                }
              });
      return new Described(headers, user);
    }
  }

  /** A new object. */
  static ObjectNode create(
      Account owner,
      String key,
      Described described,
      long size,
      String md5,
      JsonNode location,
      String dataStoreName,
      Map<String, String> tags,
      String originOp,
      Instant now,
      Optional<ObjectNode> before) {
    ObjectNode json = JsonText.object();
    json.put("owner-display-name", owner.name());
    json.put("owner-id", owner.canonicalId());
    for (String name : Described.HEADERS) {
      if (described.headers().containsKey(name)) {
        json.put(name, described.headers().get(name));
      }
    }
    json.put("content-length", size);
    json.put("content-type", described.headers().get("content-type"));
    json.put("content-md5", md5);
    json.put("content-language", "");
    before.ifPresent(old -> json.put("creation-time", creationTime(old)));
    common(json, key, size == 0 ? null : location, false);
    json.set("tags", JsonText.ofTexts(tags));
    json.set("replicationInfo", Replications.none());
    json.put("dataStoreName", dataStoreName);
    json.put("originOp", originOp);
    end(json, now);
    described.userMetadata().forEach(json::put);
    return json;
  }

  private static String creationTime(ObjectNode old) {
    String time = old.path("creation-time").asText();
    return time.isEmpty() ? old.path("last-modified").asText() : time;
  }

  /** A delete marker. */
  static ObjectNode deleteMarker(
      Account owner, String key, String dataStoreName, Instant now, Optional<ObjectNode> before) {
    ObjectNode json = JsonText.object();
    json.put("owner-display-name", owner.name());
    json.put("owner-id", owner.canonicalId());
    json.put("content-length", 0);
    json.put("content-md5", "d41d8cd98f00b204e9800998ecf8427e");
    json.put("content-language", "");
    before.ifPresent(old -> json.put("creation-time", creationTime(old)));
    common(json, key, null, true);
    json.set("tags", JsonText.object());
    json.set("replicationInfo", Replications.none());
    json.put("dataStoreName", dataStoreName);
    // Recorded so: a marker for a key that never had an object does not say where it comes from.
    if (before.isPresent()) {
      json.put("originOp", "s3:ObjectRemoved:DeleteMarkerCreated");
    }
    end(json, now);
    return json;
  }

  private static void common(ObjectNode json, String key, JsonNode location, boolean marker) {
    json.put("x-amz-version-id", "null");
    json.put("x-amz-server-version-id", "");
    json.put("x-amz-storage-class", "STANDARD");
    json.put("x-amz-server-side-encryption", "");
    json.put("x-amz-server-side-encryption-aws-kms-key-id", "");
    json.put("x-amz-server-side-encryption-customer-algorithm", "");
    json.put("x-amz-website-redirect-location", "");
    json.put("x-amz-scal-transition-in-progress", false);
    json.set("acl", acl("private"));
    json.put("key", key);
    json.set("location", location);
    json.put("isDeleteMarker", marker);
  }

  static ObjectNode acl(String canned) {
    ObjectNode acl = JsonText.object().put("Canned", canned);
    for (String grant : new String[] {"FULL_CONTROL", "WRITE_ACP", "READ", "READ_ACP"}) {
      acl.putArray(grant);
    }
    return acl;
  }

  private static void end(ObjectNode json, Instant now) {
    json.put("deleted", false);
    json.put("isPHD", false);
    json.put("last-modified", time(now));
    json.put("md-model-version", 6);
  }
}
