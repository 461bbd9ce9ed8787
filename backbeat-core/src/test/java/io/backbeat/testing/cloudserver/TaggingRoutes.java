package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.w3c.dom.Element;

/** Changes of metadata by S3 clients: tags, ACL, retention, legal hold. */
final class TaggingRoutes {
  private final Server server;

  TaggingRoutes(Server server) {
    this.server = server;
  }

  void tagging(Request request) throws IOException {
    switch (request.method()) {
      case "GET" -> get(request);
      case "PUT" -> {
        Map<String, String> tags = read(request.bodyBytes());
        change(
            request,
            "PUT_TAGGING",
            "s3:ObjectTagging:Put",
            value -> value.set("tags", JsonText.ofTexts(tags)));
        request.response().empty(200);
      }
      case "DELETE" -> {
        change(
            request,
            "DELETE_TAGGING",
            "s3:ObjectTagging:Delete",
            value -> value.set("tags", JsonText.object()));
        request.response().empty(204);
      }
      default -> throw StandInException.of("MethodNotAllowed");
    }
  }

  private void get(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    ObjectNode value = find(request, bucket);
    ObjectWriteRoutes.showVersion(request, bucket, value);
    XmlText answer = new XmlText().root("Tagging").open("TagSet");
    JsonText.texts(value.path("tags"))
        .forEach(
            (name, text) -> answer.open("Tag").add("Key", name).add("Value", text).close("Tag"));
    request.response().xml(200, answer.close("TagSet").close("Tagging"));
  }

  private static Map<String, String> read(byte[] body) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Element set : XmlText.children(XmlText.parse(body), "TagSet")) {
      for (Element tag : XmlText.children(set, "Tag")) {
        tags.put(XmlText.text(tag, "Key"), XmlText.text(tag, "Value"));
      }
    }
    return tags;
  }

  /** ACL leaves {@code replicationInfo} alone; the others set PENDING. */
  void properties(Request request) throws IOException {
    if (!request.method().equals("PUT")) {
      throw StandInException.of("NotImplemented");
    }
    byte[] body = request.bodyBytes();
    if (request.has("acl")) {
      String canned = request.header("x-amz-acl");
      change(
          request,
          "",
          "s3:ObjectAcl:Put",
          value -> value.set("acl", ObjectDocument.acl(canned.isEmpty() ? "private" : canned)));
    } else if (request.has("retention")) {
      Element retention = XmlText.parse(body);
      change(
          request,
          "PUT_RETENTION",
          "s3:ObjectRetention:Put",
          value ->
              value
                  .put("retentionMode", XmlText.text(retention, "Mode"))
                  .put("retentionDate", XmlText.text(retention, "RetainUntilDate")));
    } else {
      boolean held = XmlText.text(XmlText.parse(body), "Status").equals("ON");
      change(
          request,
          "PUT_LEGAL_HOLD",
          "s3:ObjectLegalHold:Put",
          value -> value.put("legalHold", held));
    }
    request.response().empty(200);
  }

  private ObjectNode find(Request request, BucketAttributes bucket) {
    Optional<String> version = request.versionId();
    return server
        .versions()
        .find(bucket, request.key(), version)
        .filter(value -> !Versions.isDeleteMarker(value))
        .orElseThrow(
            () -> StandInException.of(version.isPresent() ? "NoSuchVersion" : "NoSuchKey"));
  }

  private void change(
      Request request, String operation, String originOp, Consumer<ObjectNode> change) {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    JsonNode written =
        server
            .versions()
            .locked(
                bucket.name(),
                request.key(),
                () -> {
                  ObjectNode value = find(request, bucket);
                  change.accept(value);
                  if (!operation.isEmpty()) {
                    server
                        .replications()
                        .mark(
                            bucket,
                            request.key(),
                            value,
                            request.account(),
                            false,
                            operation,
                            true);
                  }
                  value.put("originOp", originOp);
                  server.versions().update(bucket, request.key(), value, true);
                  return value;
                });
    ObjectWriteRoutes.showVersion(request, bucket, (ObjectNode) written);
  }
}
