package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.backbeat.testing.MongoReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Metadata in MongoDB, laid out as CloudServer does. */
class MongoMetadataTest {
  private final String database = MongoReplica.shared().freshDatabase("standin");

  private CloudServerStandIn.Builder onMongo() {
    return CloudServerStandIn.builder().mongo(MongoReplica.shared().uri(), database);
  }

  private MongoCollection<BsonDocument> collection(String name) {
    MongoDatabase all = MongoReplica.shared().client().getDatabase(database);
    return all.getCollection(name, BsonDocument.class);
  }

  private List<String> ids(String name) {
    List<String> ids = new ArrayList<>();
    collection(name).find().forEach(d -> ids.add(d.getString("_id").getValue()));
    return ids;
  }

  @Test
  void a_version_and_a_master_are_written_as_in_v1() {
    try (CloudServerStandIn standIn = onMongo().start();
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "aws-backend-1");
      s3.putObject(b -> b.bucket("photos").key("k").tagging("a.b=1"), RequestBody.fromString("x"));
      assertThat(ids("__metastore")).containsExactly("photos");
      assertThat(collection("__metastore").find().first().getString("vFormat").getValue())
          .isEqualTo("v1");
      assertThat(ids("photos"))
          .hasSize(2)
          .anyMatch(id -> id.equals("\u007fMk"))
          .anyMatch(id -> id.startsWith("\u007fVk\0"));
      BsonDocument value = collection("photos").find().first().getDocument("value");
      assertThat(value.getDocument("tags").keySet()).containsExactly("a\uFF0Eb");
      assertThat(value.get("content-length").isInt32()).isTrue();
      s3.deleteObject(b -> b.bucket("photos").key("k"));
      assertThat(ids("photos")).hasSize(2).allMatch(id -> id.startsWith("\u007fVk\0"));
    }
  }

  @Test
  void v0_has_no_prefixes_and_keeps_the_master_of_a_delete_marker() {
    try (CloudServerStandIn standIn = onMongo().v0().start();
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "aws-backend-1");
      s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("x"));
      s3.deleteObject(b -> b.bucket("photos").key("k"));
      assertThat(ids("photos")).hasSize(3).contains("k");
      assertThat(
              collection("photos")
                  .find(new BsonDocument("_id", new org.bson.BsonString("k")))
                  .first()
                  .getDocument("value")
                  .getBoolean("isDeleteMarker")
                  .getValue())
          .isTrue();
    }
  }

  @Test
  void another_one_on_the_same_documents_sees_what_was_written() {
    String version;
    try (CloudServerStandIn standIn = onMongo().start();
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "aws-backend-1");
      s3.putObject(b -> b.bucket("photos").key("k").tagging("a.b=1"), RequestBody.fromString("x"));
      version = s3.headObject(b -> b.bucket("photos").key("k")).versionId();
    }
    try (CloudServerStandIn standIn = onMongo().start()) {
      SignedRequests backbeat = SignedRequests.v2(standIn.uri(), Account.REPLICATION);
      String path = "/_/backbeat/metadata/photos/k?versionId=" + version;
      String metadata = backbeat.get(path).json().path("Body").asText();
      assertThat(JsonText.parse(metadata).path("tags").path("a.b").asText()).isEqualTo("1");
      Map<String, String> only = Map.of("x-scal-replication-content", "METADATA");
      String done = metadata.replace("\"status\":\"PENDING\"", "\"status\":\"COMPLETED\"");
      assertThat(backbeat.send("PUT", path, only, done).status()).isEqualTo(200);
      assertThat(collection("photos").find())
          .allSatisfy(
              document ->
                  assertThat(
                          document
                              .getDocument("value")
                              .getDocument("replicationInfo")
                              .getString("status")
                              .getValue())
                      .isEqualTo("COMPLETED"));
    }
  }
}
