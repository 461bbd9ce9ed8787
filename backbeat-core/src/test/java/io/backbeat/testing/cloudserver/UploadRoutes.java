package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.w3c.dom.Element;

/**
 * Uploads in parts by S3 clients. What is in progress is kept in memory, not in documents of shadow
 * buckets, which Backbeat does not read.
 */
final class UploadRoutes {
  private record Upload(
      String bucket,
      String key,
      ObjectDocument.Described described,
      Map<String, String> tags,
      ConcurrentNavigableMap<Integer, DataStores.Stored> parts) {}

  private final Server server;
  private final ObjectWriteRoutes writes;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  UploadRoutes(Server server, ObjectWriteRoutes writes) {
    this.server = server;
    this.writes = writes;
  }

  /** The keys in the data store that parts have. */
  List<String> dataKeys() {
    return uploads.values().stream()
        .flatMap(upload -> upload.parts().values().stream())
        .map(part -> part.element().path("key").asText())
        .toList();
  }

  private Upload find(Request request) {
    Upload upload = uploads.get(request.query("uploadId"));
    if (upload == null
        || !upload.bucket().equals(request.bucket())
        || !upload.key().equals(request.key())) {
      throw StandInException.of("NoSuchUpload");
    }
    return upload;
  }

  void initiate(Request request) throws IOException {
    server.buckets().get(request.bucket());
    String id = UUID.randomUUID().toString().replace("-", "");
    uploads.put(
        id,
        new Upload(
            request.bucket(),
            request.key(),
            ObjectDocument.Described.of(request),
            ObjectWriteRoutes.tags(request.header("x-amz-tagging")),
            new ConcurrentSkipListMap<>()));
    request
        .response()
        .xml(
            200,
            new XmlText()
                .root("InitiateMultipartUploadResult")
                .add("Bucket", request.bucket())
                .add("Key", request.key())
                .add("UploadId", id)
                .close("InitiateMultipartUploadResult"));
  }

  void putPart(Request request) throws IOException {
    Upload upload = find(request);
    BucketAttributes bucket = server.buckets().get(request.bucket());
    DataStores.Stored part =
        server
            .stores()
            .store(
                writes.locationOf(bucket, upload.described()),
                bucket.name(),
                request.key(),
                request.bodyStream());
    DataStores.Stored before =
        upload.parts().put(Integer.parseInt(request.query("partNumber")), part);
    if (before != null) {
      server.stores().delete(JsonText.array().add(before.element()));
    }
    request.response().header("ETag", '"' + part.blob().md5() + '"');
    request.response().empty(200);
  }

  void complete(Request request) throws IOException {
    Upload upload = find(request);
    BucketAttributes bucket = server.buckets().get(request.bucket());
    List<String> md5s = new ArrayList<>();
    ArrayNode location = JsonText.array();
    long size = 0;
    int last = 0;
    for (Element told : XmlText.children(XmlText.parse(request.bodyBytes()), "Part")) {
      int number = Integer.parseInt(XmlText.text(told, "PartNumber"));
      DataStores.Stored part = upload.parts().get(number);
      String etag = XmlText.text(told, "ETag").replace("\"", "");
      if (part == null || !part.blob().md5().equals(etag)) {
        throw StandInException.of("InvalidPart");
      }
      if (number <= last) {
        throw StandInException.of("InvalidPartOrder");
      }
      last = number;
      ObjectNode element = part.element().deepCopy();
      element.put("start", size).put("dataStoreETag", number + ":" + etag);
      location.add(element);
      md5s.add(etag);
      size += part.blob().size();
    }
    if (location.isEmpty()) {
      throw StandInException.of("MalformedXML");
    }
    uploads.remove(request.query("uploadId"));
    deleteUnused(upload, location);
    ObjectNode value =
        ObjectDocument.create(
            request.account(),
            request.key(),
            upload.described(),
            size,
            Digests.ofParts(md5s),
            location,
            writes.locationOf(bucket, upload.described()),
            upload.tags(),
            "s3:ObjectCreated:CompleteMultipartUpload",
            server.clock().instant(),
            server.versions().find(bucket, request.key(), Optional.empty()));
    if (!value.has("creation-time")) {
      value.put("creation-time", value.path("last-modified").asText());
    }
    value.put("uploadId", request.query("uploadId"));
    writes.finish(request, bucket, value, "MPU");
    request
        .response()
        .xml(
            200,
            new XmlText()
                .root("CompleteMultipartUploadResult")
                .add("Location", "http://" + request.header("host") + request.rawPath())
                .add("Bucket", request.bucket())
                .add("Key", request.key())
                .add("ETag", '"' + value.path("content-md5").asText() + '"')
                .close("CompleteMultipartUploadResult"));
  }

  private void deleteUnused(Upload upload, ArrayNode used) {
    List<String> keys = used.findValuesAsText("key");
    for (DataStores.Stored part : upload.parts().values()) {
      if (!keys.contains(part.element().path("key").asText())) {
        server.stores().delete(JsonText.array().add(part.element()));
      }
    }
  }

  void abort(Request request) throws IOException {
    Upload upload = find(request);
    uploads.remove(request.query("uploadId"));
    deleteUnused(upload, JsonText.array());
    request.response().empty(204);
  }

  void listParts(Request request) throws IOException {
    Upload upload = find(request);
    XmlText answer =
        new XmlText()
            .root("ListPartsResult")
            .add("Bucket", upload.bucket())
            .add("Key", upload.key())
            .add("UploadId", request.query("uploadId"))
            .add("IsTruncated", false);
    upload
        .parts()
        .forEach(
            (number, part) ->
                answer
                    .open("Part")
                    .add("PartNumber", number)
                    .add("ETag", '"' + part.blob().md5() + '"')
                    .add("Size", part.blob().size())
                    .close("Part"));
    request.response().xml(200, answer.close("ListPartsResult"));
  }

  void list(Request request) throws IOException {
    XmlText answer =
        new XmlText()
            .root("ListMultipartUploadsResult")
            .add("Bucket", server.buckets().get(request.bucket()).name())
            .add("IsTruncated", false);
    new TreeMap<>(uploads)
        .forEach(
            (id, upload) -> {
              if (upload.bucket().equals(request.bucket())) {
                answer.open("Upload").add("Key", upload.key()).add("UploadId", id).close("Upload");
              }
            });
    request.response().xml(200, answer.close("ListMultipartUploadsResult"));
  }
}
