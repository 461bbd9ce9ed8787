package io.backbeat.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.log.MetadataChange;
import java.util.HexFormat;
import java.util.List;

/**
 * The metadata of an object as CloudServer writes it, to be built: {@code pending("bucket", "key",
 * "paris").version(3).put()}. Immutable, every setting gives a copy.
 *
 * @param bucket the bucket
 * @param key the key
 * @param versionId the version id as stored, not as clients see it; empty without versioning
 * @param bytes content length
 * @param locations where it is to be replicated to, all PENDING; none for an object without a
 *     replication rule
 */
public record Metadata(
    String bucket, String key, String versionId, long bytes, List<String> locations) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An object of 100 bytes in a bucket without versioning, just written by a client. */
  public static Metadata pending(String bucket, String key, String... locations) {
    return new Metadata(bucket, key, "", 100, List.of(locations));
  }

  /**
   * Version {@code number} of the key; greater numbers are newer and sort first, as with real
   * version ids.
   */
  public Metadata version(int number) {
    String id = "98204655535631%06dRG001  27567.0".formatted(999_999 - number);
    return new Metadata(bucket, key, id, bytes, locations);
  }

  /** Of another size. */
  public Metadata bytes(long other) {
    return new Metadata(bucket, key, versionId, other, locations);
  }

  /** To other locations. */
  public Metadata to(String... others) {
    return new Metadata(bucket, key, versionId, bytes, List.of(others));
  }

  /** The version, its id encoded as clients see it. */
  public ObjectVersion object() {
    return new ObjectVersion(bucket, key, HexFormat.of().formatHex(versionId.getBytes(UTF_8)));
  }

  /** The client write of it. */
  public MetadataChange.Put put() {
    return new MetadataChange.Put(object(), json());
  }

  /** Its removal. */
  public MetadataChange.Delete delete() {
    return new MetadataChange.Delete(object());
  }

  /** The document as JSON text. */
  public String json() {
    ObjectNode document = JSON.createObjectNode();
    document.put("owner-id", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be");
    document.put("content-length", bytes);
    document.put("content-type", "text/plain");
    document.put("content-md5", "5eb63bbbe01eeed093cb22bb8f5acdc3");
    document.put("key", key);
    if (!versionId.isEmpty()) {
      document.put("versionId", versionId);
    }
    document.put("isDeleteMarker", false);
    document.set("replicationInfo", replicationInfo());
    document.put("dataStoreName", "us-east-1");
    document.put("last-modified", "2026-11-22T10:00:00.000Z");
    document.put("x-amz-meta-color", "red");
    return document.toString();
  }

  private ObjectNode replicationInfo() {
    ObjectNode info = JSON.createObjectNode();
    info.put("status", locations.isEmpty() ? "" : "PENDING");
    ArrayNode backends = info.putArray("backends");
    for (String location : locations) {
      backends
          .addObject()
          .put("site", location)
          .put("status", "PENDING")
          .put("dataStoreVersionId", "");
    }
    ArrayNode content = info.putArray("content");
    if (!locations.isEmpty()) {
      if (bytes > 0) {
        content.add("DATA");
      }
      content.add("METADATA");
    }
    info.put("destination", "arn:aws:s3:::" + bucket);
    info.put("storageClass", String.join(",", locations));
    info.put("role", "arn:aws:iam::root:role/s3-replication-role");
    info.put("storageType", "");
    info.put("dataStoreVersionId", "");
    info.putNull("isNFS");
    return info;
  }

  /** Parses a document. */
  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Parses the value of a log entry. */
  public static JsonNode parse(byte[] json) {
    return parse(new String(json, UTF_8));
  }

  /** The revision a journal stamped into a document. */
  public static String revisionOf(String json) {
    return parse(json).path("microVersionId").asText();
  }
}
