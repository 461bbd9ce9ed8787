package io.backbeat.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a replication job says about the version to be copied.
 *
 * @param key under which the source store has the data
 * @param fingerprint what the source store said about the content; empty if it is not known, then
 *     any content is taken
 * @param size content length in bytes
 * @param deleteMarker whether the version says that the key is deleted
 * @param contentMd5 hexadecimal, with {@code -<parts>} behind it for an object written in parts;
 *     empty if not known
 * @param contentType media type; empty if not known
 * @param versionId the encoded version id; empty for an object without versions
 * @param userMetadata names without {@code x-amz-meta-}
 */
public record SourceVersion(
    String key,
    String fingerprint,
    long size,
    boolean deleteMarker,
    String contentMd5,
    String contentType,
    String versionId,
    Map<String, String> userMetadata) {
  private static final String USER_METADATA_PREFIX = "x-amz-meta-";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the map. */
  public SourceVersion {
    userMetadata = Map.copyOf(userMetadata);
  }

  /**
   * Reads the metadata in a job's payload.
   *
   * @throws IllegalArgumentException if it is not a JSON object with the members of CloudServer's
   *     form; a retry does not help
   */
  public static SourceVersion of(Job job) {
    JsonNode metadata = parse(job);
    JsonNode locations = metadata.path("location");
    if (locations.size() > 1) {
      throw new IllegalArgumentException(
          job.object()
              + " is stored in "
              + locations.size()
              + " parts; only objects in one part can be copied yet");
    }
    JsonNode location = locations.path(0);
    return new SourceVersion(
        location.path("key").asText(job.object().key()),
        location.path("dataStoreETag").asText(""),
        metadata.path("content-length").asLong(0),
        metadata.path("isDeleteMarker").asBoolean(false),
        metadata.path("content-md5").asText(""),
        metadata.path("content-type").asText(""),
        job.object().versionId(),
        userMetadata(metadata));
  }

  /** User metadata of a copy: that of the original, and what marks it as a copy. */
  public Map<String, String> replicaMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>(userMetadata);
    metadata.put("scal-replication-status", "REPLICA");
    if (!versionId.equals(ObjectVersion.UNVERSIONED)) {
      metadata.put("scal-version-id", versionId);
    }
    return metadata;
  }

  private static JsonNode parse(Job job) {
    try {
      JsonNode metadata = JSON.readTree(job.payload());
      if (metadata.isObject()) {
        return metadata;
      }
      throw new IllegalArgumentException(
          "payload of " + job.key() + " must be a JSON object, was " + metadata.getNodeType());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "payload of " + job.key() + " must be a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> userMetadata(JsonNode metadata) {
    Map<String, String> found = new LinkedHashMap<>();
    metadata
        .properties()
        .forEach(
            member -> {
              if (member.getKey().startsWith(USER_METADATA_PREFIX)) {
                found.put(
                    member.getKey().substring(USER_METADATA_PREFIX.length()),
                    member.getValue().asText());
              }
            });
    return found;
  }
}
