package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.w3c.dom.Element;

/** Buckets and their configurations, by S3 clients. */
final class BucketRoutes {
  /** The sub-resources that are known. */
  static final List<String> CONFIGURATIONS =
      List.of("versioning", "replication", "lifecycle", "location", "encryption", "notification");

  private final Server server;

  BucketRoutes(Server server) {
    this.server = server;
  }

  void create(Request request) throws IOException {
    byte[] body = request.bodyBytes();
    if (server.buckets().find(request.bucket()).isPresent()) {
      throw StandInException.of("BucketAlreadyOwnedByYou");
    }
    String location =
        body.length == 0 ? "" : XmlText.text(XmlText.parse(body), "LocationConstraint");
    if (location.isEmpty() || server.stores().location(location).isEmpty()) {
      location = server.stores().defaultLocation();
    }
    BucketAttributes bucket =
        BucketAttributes.create(
            request.bucket(),
            request.account(),
            location,
            ObjectDocument.time(server.clock().instant()),
            UUID.randomUUID().toString(),
            server.newBuckets());
    if (request.header("x-amz-bucket-object-lock-enabled").equals("true")) {
      bucket = versioning(bucket, "Enabled");
      ObjectNode json = bucket.json().deepCopy().put("objectLockEnabled", true);
      bucket = new BucketAttributes(bucket.layout(), json);
    }
    server.buckets().put(bucket);
    request.response().header("Location", '/' + request.bucket());
    request.response().empty(200);
  }

  void head(Request request) throws IOException {
    server.buckets().get(request.bucket());
    request.response().empty(200);
  }

  void delete(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    if (!server.versions().documents().range(bucket.name(), "", "\uFFFF", 1).isEmpty()) {
      throw StandInException.of("BucketNotEmpty");
    }
    server.buckets().remove(bucket.name());
    request.response().empty(204);
  }

  void list(Request request) throws IOException {
    XmlText answer = new XmlText().root("ListAllMyBucketsResult").open("Buckets");
    for (BucketAttributes bucket : server.buckets().all()) {
      answer
          .open("Bucket")
          .add("Name", bucket.name())
          .add("CreationDate", bucket.json().path("creationDate").asText())
          .close("Bucket");
    }
    request.response().xml(200, answer.close("Buckets").close("ListAllMyBucketsResult"));
  }

  void configuration(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    switch (request.method()) {
      case "GET" -> show(request, bucket);
      case "PUT" -> {
        server.buckets().put(changed(request, bucket));
        request.response().empty(200);
      }
      case "DELETE" -> {
        server.buckets().put(bucket.with(member(request), NullNode.getInstance()));
        request.response().empty(204);
      }
      default -> throw StandInException.of("MethodNotAllowed");
    }
  }

  private static String member(Request request) {
    return request.has("replication")
        ? "replicationConfiguration"
        : request.has("encryption")
            ? "serverSideEncryption"
            : request.has("lifecycle") ? "lifecycleConfiguration" : "notificationConfiguration";
  }

  private BucketAttributes changed(Request request, BucketAttributes bucket) throws IOException {
    Element body = XmlText.parse(request.bodyBytes());
    if (request.has("versioning")) {
      return versioning(bucket, XmlText.text(body, "Status"));
    }
    if (request.has("replication")) {
      return bucket.with(
          "replicationConfiguration", ReplicationConfiguration.read(body, bucket, server.stores()));
    }
    if (request.has("encryption")) {
      return bucket.with(
          "serverSideEncryption",
          JsonText.object()
              .put("cryptoScheme", 1)
              .put("algorithm", "AES256")
              .put("masterKeyId", UUID.randomUUID().toString())
              .put("mandatory", true));
    }
    return bucket.with(member(request), JsonText.object().put("xml", request.bucket()));
  }

  private static BucketAttributes versioning(BucketAttributes bucket, String status) {
    return bucket.with("versioningConfiguration", JsonText.object().put("Status", status));
  }

  private static void show(Request request, BucketAttributes bucket) throws IOException {
    if (request.has("versioning")) {
      XmlText answer = new XmlText().root("VersioningConfiguration");
      String status = bucket.json().path("versioningConfiguration").path("Status").asText();
      if (!status.isEmpty()) {
        answer.add("Status", status);
      }
      request.response().xml(200, answer.close("VersioningConfiguration"));
    } else if (request.has("location")) {
      request
          .response()
          .xml(
              200,
              new XmlText()
                  .root("LocationConstraint")
                  .text(bucket.location())
                  .close("LocationConstraint"));
    } else if (request.has("replication")) {
      JsonNode configuration =
          bucket
              .configuration("replicationConfiguration")
              .orElseThrow(() -> StandInException.of("ReplicationConfigurationNotFoundError"));
      request.response().xml(200, ReplicationConfiguration.write(configuration));
    } else {
      throw StandInException.of(
          request.has("encryption")
              ? "ServerSideEncryptionConfigurationNotFoundError"
              : "NoSuchLifecycleConfiguration");
    }
  }
}
