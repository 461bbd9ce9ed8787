package io.backbeat.cloudserver.backends;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.replication.ByteRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A version at the source, as its current metadata tells it. Pure.
 *
 * @param object the version
 * @param metadata what the engine knows to read
 * @param ownerId canonical id of its owner
 * @param headers what goes with its data
 * @param parts by which what is read can be checked; maybe none
 */
record CopySource(
    ObjectVersion object,
    ObjectMetadata metadata,
    String ownerId,
    ReplicaHeaders headers,
    List<SourcePart> parts) {
  private static final String USER_METADATA = "x-amz-meta-";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads metadata.
   *
   * @throws IllegalArgumentException if it is none; a retry does not help
   */
  static CopySource of(ObjectVersion object, String json) {
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    JsonNode tree = tree(json);
    Map<String, String> user = new LinkedHashMap<>();
    tree.properties()
        .forEach(
            member -> {
              if (member.getKey().startsWith(USER_METADATA)) {
                user.put(member.getKey(), member.getValue().asText());
              }
            });
    return new CopySource(
        object,
        metadata,
        tree.path("owner-id").asText(""),
        new ReplicaHeaders(
            metadata.encodedVersionId(),
            user,
            tree.path("content-type").asText(""),
            tree.path("cache-control").asText(""),
            tree.path("content-disposition").asText(""),
            tree.path("content-encoding").asText(""),
            metadata.tags()),
        SourcePart.checkable(json, metadata.contentLength()));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** What names the write, by the revision of the job about it. */
  String write(Job job) {
    return WriteName.of(job.revision(), metadata);
  }

  /** In bytes. */
  long length() {
    return metadata.contentLength();
  }

  /** The parts that are read whole with a range. */
  List<SourcePart> partsWithin(ByteRange range) {
    return parts.stream()
        .filter(part -> part.start() >= range.offset())
        .filter(part -> part.start() + part.size() <= range.end())
        .toList();
  }

  /**
   * Whether {@code content-md5} is the md5 of the content: that of an object that was uploaded in
   * parts is the md5 of their md5s, with their number behind it.
   */
  boolean hasPlainMd5() {
    return !metadata.contentMd5().isEmpty() && !metadata.contentMd5().contains("-");
  }
}
