package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.VersionId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Listings of a bucket, by S3 clients. Simple: they read the bucket from its beginning. */
final class ListRoutes {
  private static final int ALL = Integer.MAX_VALUE;

  private final Server server;

  ListRoutes(Server server) {
    this.server = server;
  }

  private static int maxKeys(Request request) {
    return request.has("max-keys") ? Integer.parseInt(request.query("max-keys")) : 1000;
  }

  /** Masters of objects, in order. */
  List<ObjectNode> masters(BucketAttributes bucket, String prefix) {
    KeyLayout layout = bucket.layout();
    return server
        .versions()
        .documents()
        .range(bucket.name(), layout.mastersFrom(prefix), layout.mastersTo(prefix), ALL)
        .stream()
        .filter(document -> !KeyLayout.isVersion(document.id()))
        .map(document -> JsonText.parse(document.json()))
        .filter(value -> !Versions.isDeleteMarker(value))
        .toList();
  }

  /** All versions, by key, the newest first. */
  List<ObjectNode> versions(BucketAttributes bucket, String prefix) {
    KeyLayout layout = bucket.layout();
    Documents documents = server.versions().documents();
    List<ObjectNode> values = new ArrayList<>();
    documents
        .range(bucket.name(), layout.allVersionsFrom(prefix), layout.allVersionsTo(prefix), ALL)
        .stream()
        .filter(document -> KeyLayout.isVersion(document.id()))
        .forEach(document -> values.add(JsonText.parse(document.json())));
    TreeSet<String> own = new TreeSet<>();
    values.forEach(value -> own.add(value.path("key").asText() + '\0' + Versions.idOf(value)));
    documents
        .range(bucket.name(), layout.mastersFrom(prefix), layout.mastersTo(prefix), ALL)
        .stream()
        .filter(document -> !KeyLayout.isVersion(document.id()))
        .map(document -> JsonText.parse(document.json()))
        .filter(value -> !own.contains(value.path("key").asText() + '\0' + Versions.idOf(value)))
        .forEach(values::add);
    values.sort(
        Comparator.comparing((ObjectNode value) -> value.path("key").asText())
            .thenComparing(Versions::idOf));
    return values;
  }

  void objects(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    if (request.has("versions")) {
      versions(request, bucket);
      return;
    }
    boolean second = request.query("list-type").equals("2");
    String after =
        second
            ? request.has("continuation-token")
                ? request.query("continuation-token")
                : request.query("start-after")
            : request.query("marker");
    String prefix = request.query("prefix");
    String delimiter = request.query("delimiter");
    XmlText entries = new XmlText();
    TreeSet<String> prefixes = new TreeSet<>();
    int count = 0;
    String last = "";
    boolean truncated = false;
    List<ObjectNode> shown = new ArrayList<>();
    for (ObjectNode value : masters(bucket, prefix)) {
      String key = value.path("key").asText();
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String entry = end < 0 ? key : key.substring(0, end + delimiter.length());
      if (entry.compareTo(after) <= 0 || prefixes.contains(entry)) {
        continue;
      }
      if (count == maxKeys(request)) {
        truncated = true;
        break;
      }
      count++;
      last = entry;
      if (end < 0) {
        shown.add(value);
      } else {
        prefixes.add(entry);
      }
    }
    entries
        .root("ListBucketResult")
        .add("Name", bucket.name())
        .add("Prefix", encoded(request, prefix))
        .add("MaxKeys", maxKeys(request))
        .add("IsTruncated", truncated);
    if (second) {
      entries.add("KeyCount", count);
    }
    if (!delimiter.isEmpty()) {
      entries.add("Delimiter", encoded(request, delimiter));
    }
    if (request.has("encoding-type")) {
      entries.add("EncodingType", "url");
    }
    if (truncated) {
      entries.add(second ? "NextContinuationToken" : "NextMarker", last);
    }
    for (ObjectNode value : shown) {
      entries.open("Contents");
      entry(request, entries, value);
      entries.close("Contents");
    }
    prefixes.forEach(
        p ->
            entries
                .open("CommonPrefixes")
                .add("Prefix", encoded(request, p))
                .close("CommonPrefixes"));
    request.response().xml(200, entries.close("ListBucketResult"));
  }

  private static String encoded(Request request, String key) {
    return request.has("encoding-type")
        ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/")
        : key;
  }

  private static void entry(Request request, XmlText xml, ObjectNode value) {
    xml.add("Key", encoded(request, value.path("key").asText()))
        .add("LastModified", value.path("last-modified").asText())
        .add("ETag", '"' + value.path("content-md5").asText() + '"')
        .add("Size", value.path("content-length").asLong())
        .open("Owner")
        .add("ID", value.path("owner-id").asText())
        .add("DisplayName", value.path("owner-display-name").asText())
        .close("Owner")
        .add("StorageClass", value.path("x-amz-storage-class").asText());
  }

  private void versions(Request request, BucketAttributes bucket) throws IOException {
    String prefix = request.query("prefix");
    String keyMarker = request.query("key-marker");
    String versionMarker = request.query("version-id-marker");
    XmlText xml = new XmlText().root("ListVersionsResult").add("Name", bucket.name());
    String before = "";
    String lastKey = "";
    String lastVersion = "";
    int count = 0;
    boolean truncated = false;
    boolean behind = keyMarker.isEmpty();
    for (ObjectNode value : versions(bucket, prefix)) {
      String key = value.path("key").asText();
      String version =
          Versions.isNullVersion(value) ? VersionIds.NULL : VersionId.encode(Versions.idOf(value));
      boolean latest = !key.equals(before);
      before = key;
      if (!behind) {
        if (key.equals(keyMarker) && version.equals(versionMarker)) {
          behind = true;
          continue;
        }
        behind = key.compareTo(keyMarker) > 0;
      }
      if (!behind) {
        continue;
      }
      if (count == maxKeys(request)) {
        truncated = true;
        break;
      }
      count++;
      lastKey = key;
      lastVersion = version;
      String element = Versions.isDeleteMarker(value) ? "DeleteMarker" : "Version";
      xml.open(element).add("VersionId", version).add("IsLatest", latest);
      entry(request, xml, value);
      xml.close(element);
    }
    xml.add("IsTruncated", truncated).add("MaxKeys", maxKeys(request));
    if (request.has("encoding-type")) {
      xml.add("EncodingType", "url");
    }
    if (truncated) {
      xml.add("NextKeyMarker", lastKey).add("NextVersionIdMarker", lastVersion);
    }
    request.response().xml(200, xml.close("ListVersionsResult"));
  }
}
