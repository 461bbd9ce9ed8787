package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The internal routes that read and write metadata ("data and metadata"). */
final class MetadataRoutes {
  /** What stays as it is stored when only metadata is put. */
  static final List<String> ENCRYPTION =
      List.of(
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm");

  private final Server server;
  private final LongAdder writes = new LongAdder();

  MetadataRoutes(Server server) {
    this.server = server;
  }

  /** How many documents clients of this route have written. */
  long writes() {
    return writes.sum();
  }

  void get(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    ObjectNode value =
        server
            .versions()
            .find(bucket, request.key(), request.versionId())
            .orElseThrow(() -> StandInException.of("ObjNotFound"));
    request.json(JsonText.object().put("Body", value.toString()));
  }

  void put(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    Optional<String> version = request.versionId();
    ObjectNode body =
        JsonText.tryObject(request.bodyText())
            .orElseThrow(() -> StandInException.of("MalformedPOSTRequest"));
    boolean dataStays = request.header("x-scal-replication-content").equals("METADATA");
    Optional<ObjectNode> before =
        server
            .versions()
            .locked(
                bucket.name(),
                request.key(),
                () -> write(bucket, request.key(), version, body, dataStays));
    writes.increment();
    if (!dataStays && version.isPresent()) {
      before.ifPresent(old -> deleteReplaced(old, body));
    }
    ObjectNode answer = JsonText.object();
    if (version.isPresent() && !Versions.idOf(body).isEmpty()) {
      answer.put("versionId", Versions.idOf(body));
    }
    request.json(answer);
  }

  private Optional<ObjectNode> write(
      BucketAttributes bucket,
      String key,
      Optional<String> version,
      ObjectNode body,
      boolean dataStays) {
    Optional<ObjectNode> before = server.versions().find(bucket, key, version);
    if (dataStays) {
      keepData(before.orElseThrow(() -> StandInException.of("ObjNotFound")), body);
    }
    JsonNode info = body.path("replicationInfo");
    boolean replica = info.path("status").asText().equals("REPLICA");
    if (replica && info.path("isNFS").asBoolean()) {
      ((ObjectNode) info).put("isNFS", false);
      server.versions().write(bucket, key, body);
    } else if (version.isEmpty() || !bucket.isVersioned()) {
      server.versions().putMaster(bucket, key, body);
    } else if (version.get().equals(VersionIds.NULL)) {
      putNullVersion(bucket, key, before, body);
    } else {
      body.put("versionId", version.get());
      server.versions().putVersion(bucket, key, body);
    }
    return before;
  }

  private static void keepData(ObjectNode stored, ObjectNode body) {
    body.set("location", stored.get("location"));
    for (String member : ENCRYPTION) {
      if (stored.has(member)) {
        body.set(member, stored.get(member));
      } else {
        body.remove(member);
      }
    }
  }

  /** The id of the stored null version is used, or a null version is made. */
  private void putNullVersion(
      BucketAttributes bucket, String key, Optional<ObjectNode> before, ObjectNode body) {
    body.remove("versionId");
    if (before.isPresent()) {
      String id = Versions.idOf(before.get());
      if (!id.isEmpty()) {
        body.put("isNull", true).put("versionId", id);
      }
      server.versions().update(bucket, key, body, false);
      return;
    }
    body.put("isNull", true).put("isNull2", true).put("versionId", server.versions().nextId());
    if (server.versions().find(bucket, key, Optional.empty()).isPresent()) {
      server.versions().putVersion(bucket, key, body);
    } else {
      server.versions().putMaster(bucket, key, body);
    }
  }

  /** Old data goes when other data came; never when the new location is null. */
  private void deleteReplaced(ObjectNode old, ObjectNode body) {
    JsonNode now = body.path("location");
    JsonNode then = old.path("location");
    if (now.isArray() && then.isArray() && ObjectWriteRoutes.keysDiffer(then, now)) {
      server.stores().delete(then);
    }
  }
}
