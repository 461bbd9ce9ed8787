package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.VersionId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/** PUT, copy and DELETE of objects by S3 clients. */
final class ObjectWriteRoutes {
  private static final String LOCATION = ObjectDocument.META + "scal-location-constraint";

  private final Server server;

  ObjectWriteRoutes(Server server) {
    this.server = server;
  }

  void put(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    ObjectDocument.Described described = ObjectDocument.Described.of(request);
    String locationName = locationOf(bucket, described);
    DataStores.Stored stored =
        server.stores().store(locationName, bucket.name(), request.key(), request.bodyStream());
    checkDigest(request, stored);
    ArrayNode location = JsonText.array().add(stored.element());
    ObjectNode value =
        ObjectDocument.create(
            request.account(),
            request.key(),
            described,
            stored.blob().size(),
            stored.blob().md5(),
            location,
            locationName,
            tags(request.header("x-amz-tagging")),
            "s3:ObjectCreated:Put",
            server.clock().instant(),
            server.versions().find(bucket, request.key(), Optional.empty()));
    lock(request, value);
    finish(request, bucket, value, "");
    if (stored.blob().size() == 0) {
      server.stores().delete(location);
    }
    request.response().header("ETag", '"' + stored.blob().md5() + '"');
    request.response().empty(200);
  }

  String locationOf(BucketAttributes bucket, ObjectDocument.Described described) {
    String name = described.userMetadata().getOrDefault(LOCATION, bucket.location());
    if (server.stores().location(name).isEmpty()) {
      throw StandInException.of("InvalidLocationConstraint");
    }
    return name;
  }

  /** A wrong one leaves an orphan in the real server too; here the client's data is removed. */
  private void checkDigest(Request request, DataStores.Stored stored) {
    String digest = request.header("content-md5");
    if (!digest.isEmpty()) {
      try {
        String hex = Digests.hex(Base64.getDecoder().decode(digest));
        if (hex.equals(stored.blob().md5())) {
          return;
        }
      } catch (IllegalArgumentException e) {
        throw StandInException.of("InvalidDigest");
      }
      server.stores().delete(JsonText.array().add(stored.element()));
      throw StandInException.of("BadDigest");
    }
  }

  private static void lock(Request request, ObjectNode value) {
    String mode = request.header("x-amz-object-lock-mode");
    if (!mode.isEmpty()) {
      value.put("retentionMode", mode);
      value.put("retentionDate", request.header("x-amz-object-lock-retain-until-date"));
    }
    if (!request.header("x-amz-object-lock-legal-hold").isEmpty()) {
      value.put("legalHold", request.header("x-amz-object-lock-legal-hold").equals("ON"));
    }
  }

  /** Tags as they stand in the header, {@code a=b&c=d}. */
  static Map<String, String> tags(String header) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String pair : header.isEmpty() ? new String[0] : header.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      tags.put(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return tags;
  }

  /** Marks, writes, and removes the data of what is there no more. */
  void finish(Request request, BucketAttributes bucket, ObjectNode value, String operation) {
    server
        .replications()
        .mark(bucket, request.key(), value, request.account(), true, operation, false);
    server
        .versions()
        .write(bucket, request.key(), value)
        .ifPresent(old -> server.stores().delete(old.path("location")));
    showVersion(request, bucket, value);
  }

  static void showVersion(Request request, BucketAttributes bucket, ObjectNode value) {
    if (bucket.versioning() == BucketAttributes.Versioning.ENABLED) {
      request.response().header("x-amz-version-id", VersionId.encode(Versions.idOf(value)));
    }
  }

  void copy(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    String source = URLDecoder.decode(request.header("x-amz-copy-source"), StandardCharsets.UTF_8);
    source = source.startsWith("/") ? source.substring(1) : source;
    int question = source.indexOf("?versionId=");
    Optional<String> version =
        VersionIds.fromQuery(question < 0 ? "" : source.substring(question + 11));
    source = question < 0 ? source : source.substring(0, question);
    int slash = source.indexOf('/');
    String sourceKey = source.substring(slash + 1);
    ObjectNode from =
        server
            .versions()
            .find(server.buckets().get(source.substring(0, slash)), sourceKey, version)
            .filter(found -> !Versions.isDeleteMarker(found))
            .orElseThrow(() -> StandInException.of("NoSuchKey"));
    boolean replaces =
        request.header("x-amz-metadata-directive").toUpperCase(Locale.ROOT).equals("REPLACE");
    ObjectDocument.Described described =
        replaces ? ObjectDocument.Described.of(request) : describedBy(from);
    String locationName = locationOf(bucket, described);
    ArrayNode location = JsonText.array();
    if (from.path("content-length").asLong() > 0) {
      Blob blob = server.stores().joined(from.path("location"));
      location.add(
          server.stores().store(locationName, bucket.name(), request.key(), blob.open()).element());
    }
    ObjectNode value =
        ObjectDocument.create(
            request.account(),
            request.key(),
            described,
            from.path("content-length").asLong(),
            from.path("content-md5").asText(),
            location,
            locationName,
            request.header("x-amz-tagging-directive").equals("REPLACE")
                ? tags(request.header("x-amz-tagging"))
                : JsonText.texts(from.path("tags")),
            "s3:ObjectCreated:Copy",
            server.clock().instant(),
            server.versions().find(bucket, request.key(), Optional.empty()));
    value.remove("isDeleteMarker"); // as recorded
    value.put("creation-time", value.path("last-modified").asText());
    finish(request, bucket, value, "");
    request
        .response()
        .xml(
            200,
            new XmlText()
                .root("CopyObjectResult")
                .add("LastModified", value.path("last-modified").asText())
                .add("ETag", '"' + value.path("content-md5").asText() + '"')
                .close("CopyObjectResult"));
  }

  private static ObjectDocument.Described describedBy(ObjectNode from) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : ObjectDocument.Described.HEADERS) {
      if (from.has(name)) {
        headers.put(name, from.path(name).asText());
      }
    }
    headers.put("content-type", from.path("content-type").asText());
    Map<String, String> user = new LinkedHashMap<>();
    from.properties()
        .forEach(
            member -> {
              if (member.getKey().startsWith(ObjectDocument.META)) {
                user.put(member.getKey(), member.getValue().asText());
              }
            });
    return new ObjectDocument.Described(headers, user);
  }

  void delete(Request request) throws IOException {
    Deleted deleted =
        delete(request, request.key(), request.versionId(), "s3:ObjectRemoved:Delete");
    if (deleted.marker()) {
      request.response().header("x-amz-delete-marker", "true");
    }
    request.response().headerIfAny("x-amz-version-id", deleted.versionId());
    request.response().empty(204);
  }

  /** What a DELETE did: which version it made or removed, and whether that is a delete marker. */
  record Deleted(String versionId, boolean marker) {}

  /** A version is removed for good; without one a delete marker comes over the object. */
  Deleted delete(Request request, String key, Optional<String> version, String originOp) {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    if (version.isEmpty() && bucket.isVersioned()) {
      ObjectNode marker =
          ObjectDocument.deleteMarker(
              request.account(),
              key,
              bucket.location(),
              server.clock().instant(),
              server.versions().find(bucket, key, Optional.empty()));
      server.replications().mark(bucket, key, marker, request.account(), false, "", false);
      server
          .versions()
          .write(bucket, key, marker)
          .ifPresent(old -> server.stores().delete(old.path("location")));
      return new Deleted(shown(marker), true);
    }
    Optional<ObjectNode> removed = server.versions().remove(bucket, key, version, originOp);
    removed.map(value -> value.path("location")).ifPresent(server.stores()::delete);
    return new Deleted(
        version.map(id -> id.equals(VersionIds.NULL) ? id : VersionId.encode(id)).orElse(""),
        removed.filter(Versions::isDeleteMarker).isPresent());
  }

  private static String shown(ObjectNode value) {
    return value.path("isNull").asBoolean()
        ? VersionIds.NULL
        : VersionId.encode(Versions.idOf(value));
  }

  void deleteSeveral(Request request) throws IOException {
    XmlText answer = new XmlText().root("DeleteResult");
    for (Element object : XmlText.children(XmlText.parse(request.bodyBytes()), "Object")) {
      String key = XmlText.text(object, "Key");
      Optional<String> version = VersionIds.fromQuery(XmlText.text(object, "VersionId"));
      Deleted deleted = delete(request, key, version, "s3:ObjectRemoved:Delete");
      answer.open("Deleted").add("Key", key);
      if (version.isPresent()) {
        answer.add("VersionId", deleted.versionId());
      } else if (deleted.marker()) {
        answer.add("DeleteMarker", true).add("DeleteMarkerVersionId", deleted.versionId());
      }
      answer.close("Deleted");
    }
    request.response().xml(200, answer.close("DeleteResult"));
  }

  /** Whether two arrays of locations speak of other data. */
  static boolean keysDiffer(JsonNode one, JsonNode other) {
    return !one.findValuesAsText("key").equals(other.findValuesAsText("key"));
  }
}
