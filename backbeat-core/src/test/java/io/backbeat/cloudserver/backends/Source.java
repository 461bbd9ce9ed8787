package io.backbeat.cloudserver.backends;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Metadata of a version, to be built and changed by a test. */
record Source(ObjectNode document) {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String ROLE = "arn:aws:iam::root:role/s3-replication-role";
  static final ObjectVersion OBJECT = new ObjectVersion("bucket", "dir/photo", "");

  /** A version with that content, PENDING everywhere. */
  static Source of(byte[] content, String... locations) {
    ObjectNode document = JSON.createObjectNode();
    document.put("owner-id", "canonical");
    document.put("content-length", content.length);
    document.put("content-type", "text/plain");
    document.put("content-md5", Clouds.md5(content));
    document.put("cache-control", "no-cache");
    document.put("key", OBJECT.key());
    document.put("dataStoreName", "us-east-1");
    document.put("last-modified", "2026-11-22T10:00:00.000Z");
    document.put("x-amz-meta-color", "red");
    document.put("isDeleteMarker", false);
    document.putObject("tags").put("a", "b");
    ObjectNode info = document.putObject("replicationInfo");
    info.put("status", "PENDING");
    ArrayNode backends = info.putArray("backends");
    for (String location : locations) {
      backends
          .addObject()
          .put("site", location)
          .put("status", "PENDING")
          .put("dataStoreVersionId", "");
    }
    ArrayNode what = info.putArray("content");
    if (content.length > 0) {
      what.add("DATA");
    }
    what.add("METADATA");
    info.put("destination", "arn:aws:s3:::bucket");
    info.put("storageClass", String.join(",", locations));
    info.put("role", ROLE);
    info.put("storageType", "aws_s3");
    return new Source(document);
  }

  Source with(Consumer<ObjectNode> change) {
    ObjectNode copy = document.deepCopy();
    change.accept(copy);
    return new Source(copy);
  }

  Source content(String... content) {
    return with(
        d -> {
          ArrayNode array = ((ObjectNode) d.get("replicationInfo")).putArray("content");
          List.of(content).forEach(array::add);
        });
  }

  Source site(String location, String status, String dataStoreVersionId) {
    return with(
        d ->
            d.get("replicationInfo")
                .get("backends")
                .forEach(
                    backend -> {
                      if (backend.get("site").asText().equals(location)) {
                        ((ObjectNode) backend)
                            .put("status", status)
                            .put("dataStoreVersionId", dataStoreVersionId);
                      }
                    }));
  }

  Source tags(Map<String, String> tags) {
    return with(
        d -> {
          ObjectNode node = d.putObject("tags");
          tags.forEach(node::put);
        });
  }

  Source md5(String md5) {
    return with(d -> d.put("content-md5", md5));
  }

  Source role(String role) {
    return with(d -> ((ObjectNode) d.get("replicationInfo")).put("role", role));
  }

  Source nfs() {
    return with(d -> ((ObjectNode) d.get("replicationInfo")).put("isNFS", true));
  }

  Source deleteMarker() {
    return with(d -> d.put("isDeleteMarker", true).put("content-length", 0)).content("METADATA");
  }

  String json() {
    return document.toString();
  }

  ObjectMetadata metadata() {
    return ObjectMetadata.parse(json());
  }

  Job job(String location) {
    return new Job(
        new JobKey(JobType.REPLICATION, OBJECT, LocationName.of(location)),
        metadata().revision(),
        metadata().contentLength(),
        0,
        Instant.parse("2026-11-22T10:00:00Z"),
        json());
  }
}
