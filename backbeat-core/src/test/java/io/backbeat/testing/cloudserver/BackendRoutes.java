package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The internal routes that write to clouds ("multiple backends"). */
final class BackendRoutes {
  private static final Map<String, String> CONTENT_HEADERS =
      Map.of(
          "x-scal-content-type", "content-type",
          "x-scal-cache-control", "cache-control",
          "x-scal-content-disposition", "content-disposition",
          "x-scal-content-encoding", "content-encoding");

  private final Server server;

  BackendRoutes(Server server) {
    this.server = server;
  }

  /** The cloud that a request names; its type must be among those that the request names too. */
  private Cloud cloud(Request request) {
    String types = request.required("x-scal-storage-type");
    String name = request.required("x-scal-storage-class");
    server.buckets().get(request.bucket());
    Location location =
        server.stores().location(name).orElseThrow(() -> StandInException.of("LocationNotFound"));
    if (!location.type().isCloud()
        || !Arrays.asList(types.split(",")).contains(location.type().storageType())) {
      throw StandInException.of("InvalidRequest", "the location is not of the type " + types);
    }
    return server.stores().cloud(name);
  }

  private static String cloudKey(Request request) {
    return Cloud.keyOf(request.bucket(), request.key());
  }

  private static Map<String, String> jsonHeader(Request request, String name) {
    String header = request.header(name);
    if (header.isEmpty()) {
      return Map.of();
    }
    return JsonText.texts(
        JsonText.tryObject(header).orElseThrow(() -> StandInException.of("MalformedPOSTRequest")));
  }

  /** What is written beside the bytes ("what clients see": objects in clouds). */
  private static Cloud.Attributes attributes(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    CONTENT_HEADERS.forEach(
        (from, to) -> {
          if (!request.header(from).isEmpty()) {
            headers.put(to, request.header(from));
          }
        });
    Map<String, String> user = new LinkedHashMap<>();
    jsonHeader(request, "x-scal-user-metadata")
        .forEach(
            (name, value) ->
                user.put(
                    name.toLowerCase(Locale.ROOT).startsWith(ObjectDocument.META)
                        ? name.substring(ObjectDocument.META.length())
                        : name,
                    value));
    user.put("scal-replication-status", "REPLICA");
    String version = request.header("x-scal-version-id");
    if (!version.isEmpty()) {
      user.put("scal-version-id", version);
    }
    return new Cloud.Attributes(headers, user, jsonHeader(request, "x-scal-tags"));
  }

  void putObject(Request request, boolean altered) throws IOException {
    Cloud cloud = cloud(request);
    String md5 = request.required("content-md5");
    request.required("x-scal-canonical-id");
    Cloud.Attributes attributes = attributes(request);
    Blob blob = server.stores().blobs().store(request.bodyStream());
    if (altered || !md5.equalsIgnoreCase(blob.md5())) {
      cloud.put(cloudKey(request), blob, attributes); // it is there already: an orphan
      throw StandInException.of("BadDigest");
    }
    receipt(request, cloud.put(cloudKey(request), blob, attributes));
  }

  private void receipt(Request request, CloudObject object) throws IOException {
    String name = request.header("x-scal-storage-class");
    ObjectNode answer = JsonText.object().put("versionId", object.versionId());
    answer.putArray("location").add(server.stores().element(name, object, object.etag()));
    request.json(answer);
  }

  void putPart(Request request, boolean altered) throws IOException {
    Cloud cloud = cloud(request);
    int number = Integer.parseInt(request.required("x-scal-part-number"));
    String uploadId = request.required("x-scal-upload-id");
    cloud.requireUpload(cloudKey(request), uploadId);
    Blob blob = server.stores().blobs().store(request.bodyStream());
    cloud.putPart(cloudKey(request), uploadId, number, blob);
    String etag = altered ? "0".repeat(32) : blob.md5();
    request.json(
        JsonText.object()
            .put("partNumber", number)
            .put("ETag", etag)
            .put("numberSubParts", Math.max(1, (blob.size() + (100L << 20) - 1) / (100L << 20))));
  }

  void initiate(Request request) throws IOException {
    Cloud cloud = cloud(request);
    String id = cloud.initiate(cloudKey(request), attributes(request));
    request.json(JsonText.object().put("uploadId", id));
  }

  void complete(Request request) throws IOException {
    Cloud cloud = cloud(request);
    String uploadId = request.required("x-scal-upload-id");
    JsonNode parts =
        JsonText.tryAny(request.bodyText())
            .filter(JsonNode::isArray)
            .orElseThrow(() -> StandInException.of("MalformedPOSTRequest"));
    List<Integer> numbers = new ArrayList<>();
    List<String> etags = new ArrayList<>();
    for (JsonNode part : parts) {
      numbers.add(first(part.path("PartNumber")).asInt());
      etags.add(first(part.path("ETag")).asText());
    }
    receipt(
        request, cloud.complete(cloudKey(request), uploadId, numbers, etags, attributes(request)));
  }

  /** Members are arrays of one, as when XML was made JSON. */
  private static JsonNode first(JsonNode value) {
    return value.isArray() ? value.path(0) : value;
  }

  void abort(Request request) throws IOException {
    cloud(request).abort(cloudKey(request), request.required("x-scal-upload-id"));
    request.json(JsonText.object());
  }

  void deleteObject(Request request) throws IOException {
    cloud(request).delete(cloudKey(request));
    request.json(JsonText.object());
  }

  void tagging(Request request, boolean deletes) throws IOException {
    Cloud cloud = cloud(request);
    Map<String, String> tags = deletes ? Map.of() : jsonHeader(request, "x-scal-tags");
    String version = request.header("x-scal-data-store-version-id");
    if (version.isEmpty()) {
      version = lookUp(request);
    }
    if (!cloud.tag(cloudKey(request), version, tags)) {
      throw StandInException.of("NoSuchKey");
    }
    request.json(JsonText.object().put("versionId", version));
  }

  /** An empty version id is looked up in the metadata of the source. */
  private String lookUp(Request request) {
    BucketAttributes bucket = server.buckets().get(request.required("x-scal-source-bucket"));
    Optional<ObjectNode> source =
        server
            .versions()
            .find(
                bucket,
                request.key(),
                VersionIds.fromQuery(request.header("x-scal-source-version-id")));
    String site = request.required("x-scal-replication-endpoint-site");
    for (JsonNode backend :
        source
            .orElseThrow(() -> StandInException.of("ObjNotFound"))
            .path("replicationInfo")
            .path("backends")) {
      if (backend.path("site").asText().equals(site)) {
        return backend.path("dataStoreVersionId").asText();
      }
    }
    return "";
  }

  void lastModified(Request request) throws IOException {
    JsonNode locations =
        JsonText.tryAny(request.required("x-scal-locations"))
            .filter(JsonNode::isArray)
            .orElseThrow(() -> StandInException.of("MalformedPOSTRequest"));
    JsonNode first = locations.path(0);
    CloudObject object =
        server
            .stores()
            .cloud(first.path("dataStoreName").asText())
            .version(first.path("key").asText(), first.path("dataStoreVersionId").asText())
            .orElseThrow(() -> StandInException.of("ObjNotFound"));
    request.json(JsonText.object().put("lastModified", ObjectDocument.time(object.lastModified())));
  }
}
