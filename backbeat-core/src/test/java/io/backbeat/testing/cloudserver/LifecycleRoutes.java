package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.VersionId;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The internal routes of lifecycle ("routes used, lifecycle"). */
final class LifecycleRoutes {
  private final Server server;
  private final ListRoutes lists;
  private final ObjectWriteRoutes writes;
  private final Map<String, Map<String, JsonNode>> indexes = new ConcurrentHashMap<>();

  LifecycleRoutes(Server server, ListRoutes lists, ObjectWriteRoutes writes) {
    this.server = server;
    this.lists = lists;
    this.writes = writes;
  }

  void expire(Request request) throws IOException {
    writes.delete(request, request.key(), request.versionId(), "s3:LifecycleExpiration:Delete");
    request.json(JsonText.object());
  }

  void list(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    String type = request.query("list-type");
    if (!type.equals("current") && !type.equals("noncurrent") && !type.equals("orphan")) {
      throw StandInException.of("InvalidArgument");
    }
    int max = request.has("max-keys") ? Integer.parseInt(request.query("max-keys")) : 1000;
    ObjectNode answer = JsonText.object();
    answer.put("Name", bucket.name());
    answer.put("Prefix", request.query("prefix"));
    answer.put("MaxKeys", max);
    answer.put("BeforeDate", request.query("before-date"));
    ArrayNode contents = JsonText.array();
    boolean truncated = false;
    String newerKey = "";
    String staleDate = "";
    int versionsOfKey = 0;
    String marker = request.query(type.equals("noncurrent") ? "key-marker" : "marker");
    for (ObjectNode value : lists.versions(bucket, request.query("prefix"))) {
      String key = value.path("key").asText();
      boolean latest = !key.equals(newerKey);
      versionsOfKey = latest ? 0 : versionsOfKey + 1;
      String stale = latest ? "" : staleDate;
      newerKey = key;
      staleDate = value.path("last-modified").asText();
      if (isWanted(type, bucket, value, latest)
          && isOldEnough(request, type.equals("noncurrent") ? stale : staleDate)
          && !excluded(request, value)
          && isBehind(request, key, value, marker)) {
        if (contents.size() == max) {
          truncated = true;
          break;
        }
        contents.add(entry(type, value, latest, stale));
      }
    }
    answer.put("IsTruncated", truncated);
    if (truncated) {
      JsonNode last = contents.path(contents.size() - 1);
      if (type.equals("noncurrent")) {
        answer.put("NextKeyMarker", last.path("Key").asText());
        answer.put("NextVersionIdMarker", last.path("VersionId").asText());
      } else {
        answer.put("NextMarker", last.path("Key").asText());
      }
    }
    answer.set("Contents", contents);
    request.json(answer);
  }

  private boolean isWanted(String type, BucketAttributes bucket, ObjectNode value, boolean latest) {
    boolean marker = Versions.isDeleteMarker(value);
    return switch (type) {
      case "current" -> latest && !marker;
      case "noncurrent" -> !latest;
      default -> latest && marker && isAlone(bucket, value);
    };
  }

  private boolean isAlone(BucketAttributes bucket, ObjectNode value) {
    KeyLayout layout = bucket.layout();
    String key = value.path("key").asText();
    return server
            .versions()
            .documents()
            .range(bucket.name(), layout.versionsFrom(key), layout.versionsTo(key), 2)
            .size()
        == 1;
  }

  private static boolean isOldEnough(Request request, String date) {
    String before = request.query("before-date");
    return before.isEmpty() || date.compareTo(before) < 0;
  }

  private static boolean excluded(Request request, ObjectNode value) {
    String name = request.query("excluded-data-store-name");
    return !name.isEmpty() && name.equals(value.path("dataStoreName").asText());
  }

  private static boolean isBehind(Request request, String key, ObjectNode value, String marker) {
    String version = request.query("version-id-marker");
    if (!version.isEmpty() && key.equals(marker)) {
      return Versions.idOf(value).compareTo(VersionIds.fromQuery(version).orElse("")) > 0;
    }
    return key.compareTo(marker) > 0;
  }

  private static ObjectNode entry(String type, ObjectNode value, boolean latest, String staleDate) {
    ObjectNode entry = JsonText.object();
    entry.put("Key", value.path("key").asText());
    entry.put("LastModified", value.path("last-modified").asText());
    entry.put("ETag", '"' + value.path("content-md5").asText() + '"');
    entry
        .putObject("Owner")
        .put("DisplayName", value.path("owner-display-name").asText())
        .put("ID", value.path("owner-id").asText());
    entry.put("Size", value.path("content-length").asLong());
    entry.put("StorageClass", value.path("x-amz-storage-class").asText());
    ArrayNode tags = entry.putArray("TagSet");
    JsonText.texts(value.path("tags"))
        .forEach((name, text) -> tags.addObject().put("Key", name).put("Value", text));
    if (!staleDate.isEmpty()) {
      entry.put("staleDate", staleDate);
    }
    entry.put(
        "VersionId",
        Versions.isNullVersion(value) ? VersionIds.NULL : VersionId.encode(Versions.idOf(value)));
    entry.put("IsLatest", latest);
    entry.put("DataStoreName", value.path("dataStoreName").asText());
    entry.put("ListType", type);
    return entry;
  }

  void index(Request request) throws IOException {
    server.buckets().get(request.bucket());
    Map<String, JsonNode> ofBucket =
        indexes.computeIfAbsent(request.bucket(), name -> new ConcurrentHashMap<>());
    if (request.method().equals("GET")) {
      ObjectNode answer = JsonText.object();
      ArrayNode all = answer.putArray("Indexes");
      new TreeMap<>(ofBucket).values().forEach(all::add);
      request.json(answer);
      return;
    }
    JsonNode told =
        JsonText.tryAny(request.bodyText())
            .filter(node -> node.isArray() && !node.isEmpty())
            .orElseThrow(() -> StandInException.of("MalformedPOSTRequest"));
    switch (request.query("operation")) {
      case "add" -> told.forEach(index -> ofBucket.put(index.path("name").asText(), index));
      case "delete" -> told.forEach(index -> ofBucket.remove(index.path("name").asText()));
      default -> throw StandInException.of("MethodNotAllowed");
    }
    request.json(JsonText.object());
  }
}
