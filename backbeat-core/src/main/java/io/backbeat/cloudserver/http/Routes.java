package io.backbeat.cloudserver.http;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The requests of {@link io.backbeat.cloudserver.CloudServer} but those to clouds. Pure. */
final class Routes {
  private static final String VERSION = "versionId";

  private Routes() {}

  static Call metadata(ObjectVersion object) {
    return internal("GET", "metadata", object).queryIf(VERSION, object.versionId());
  }

  static Call putMetadata(ObjectVersion object, String metadata, boolean dataStays) {
    return internal("PUT", "metadata", object)
        .queryIf(VERSION, object.versionId())
        .headerIf("x-scal-replication-content", dataStays ? "METADATA" : "")
        .json(metadata);
  }

  /** {@code v2}: we understand data that the server has encrypted. */
  static Call putData(
      String bucket, String key, String contentMd5, String canonicalId, Payload body) {
    return Call.of("PUT", path("data", bucket, key))
        .query("v2", "")
        .header("Content-MD5", contentMd5)
        .header("X-Scal-Canonical-Id", canonicalId)
        .body(new Body.Streamed(body))
        .slow();
  }

  static Call read(ObjectVersion object, ReadRange range, String location) {
    Call whole =
        plain("GET", object)
            .queryIf(VERSION, object.versionId())
            .headerIf("x-amz-location-constraint", location)
            .stream();
    if (range instanceof ReadRange.Part part) {
      return whole.query("partNumber", Integer.toString(part.number()));
    }
    if (range instanceof ReadRange.Bytes bytes) {
      long first = bytes.range().offset();
      return whole.header("Range", "bytes=" + first + "-" + (bytes.range().end() - 1));
    }
    return whole;
  }

  static Call head(ObjectVersion object, Optional<Instant> unmodifiedSince) {
    Call head = plain("HEAD", object).queryIf(VERSION, object.versionId());
    return unmodifiedSince
        .map(since -> head.header("If-Unmodified-Since", httpDate(since)))
        .orElse(head);
  }

  static Call bucket(String bucket, String subresource) {
    return Call.of("GET", "/" + PercentEncoding.encode(bucket)).query(subresource, "");
  }

  static Call batchDelete(
      String bucket, String key, List<DataLocation> locations, DeleteCondition condition) {
    Call delete =
        Call.of("POST", path("batchdelete", bucket, key))
            .headerIf("X-Scal-Storage-Class", condition.storageClass())
            .headerIf(
                "X-Scal-Tags",
                condition.tags().isEmpty() ? "" : JsonTexts.ofStrings(condition.tags()))
            .json(JsonTexts.ofLocations(locations))
            .repeat()
            .slow();
    return condition
        .unmodifiedSince()
        .map(since -> delete.header("If-Unmodified-Since", httpDate(since)))
        .orElse(delete);
  }

  static Call lastModified(String bucket, String key, String locations) {
    return Call.of("GET", path("multiplebackendmetadata", bucket, key))
        .header("X-Scal-Locations", JsonTexts.ascii(locations));
  }

  /** What a backend's own routes start from. */
  static Call backend(String method, String bucket, String key, String operation, Backend backend) {
    return Call.of(method, path("multiplebackenddata", bucket, key))
        .query("operation", operation)
        .header("X-Scal-Storage-Class", backend.location().value())
        .header("X-Scal-Storage-Type", backend.storageType())
        .slow();
  }

  static Call internal(String method, String type, ObjectVersion object) {
    return Call.of(method, path(type, object.bucket(), object.key()));
  }

  static String bucketPath(String type, String bucket) {
    return "/_/backbeat/" + type + "/" + PercentEncoding.encode(bucket);
  }

  private static String path(String type, String bucket, String key) {
    return bucketPath(type, bucket) + "/" + PercentEncoding.encodeKey(key);
  }

  private static Call plain(String method, ObjectVersion object) {
    return Call.of(
        method,
        "/"
            + PercentEncoding.encode(object.bucket())
            + "/"
            + PercentEncoding.encodeKey(object.key()));
  }

  /** Two digits for the day, which not every reader of a date can do without. */
  static String httpDate(Instant instant) {
    return HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT);
}
