package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The internal routes for metadata and data, and who may use them. */
class MetadataRoutesTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String MD5 = "9dd4e461268c8034f5c8564e155c67a6";
  private static final Map<String, String> METADATA_ONLY =
      Map.of("x-scal-replication-content", "METADATA");

  private static CloudServerStandIn standIn;
  private static S3Client s3;
  private static SignedRequests backbeat;

  private String bucket = "";
  private String version = "";

  @BeforeAll
  static void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    backbeat = SignedRequests.v2(standIn.uri(), Account.REPLICATION);
  }

  @AfterAll
  static void stop() {
    s3.close();
    standIn.close();
  }

  @BeforeEach
  void freshObject() {
    bucket = "bucket-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(s3, bucket, "aws-backend-1,azure-backend-1");
    version = s3.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("x")).versionId();
  }

  private String path(String key) {
    return "/_/backbeat/metadata/" + bucket + '/' + key;
  }

  private ObjectNode read(String query) {
    SignedRequests.Answer answer = backbeat.get(path("k") + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonText.parse(answer.json().path("Body").asText());
  }

  private SignedRequests.Answer write(
      String key, String query, Map<String, String> headers, ObjectNode body) {
    return backbeat.send("PUT", path(key) + query, headers, body.toString());
  }

  private static ObjectNode withStatus(ObjectNode metadata, String status) {
    ((ObjectNode) metadata.path("replicationInfo")).put("status", status);
    return metadata;
  }

  @Test
  void a_status_that_is_written_is_read_by_id_as_the_latest_and_by_clients() {
    String query = "?versionId=" + version;
    ObjectNode metadata = withStatus(read(query), "PROCESSING");
    SignedRequests.Answer answer = write("k", query, METADATA_ONLY, metadata);
    assertThat(answer.json().path("versionId")).isEqualTo(metadata.path("versionId"));
    assertThat(read(query).path("replicationInfo").path("status").asText()).isEqualTo("PROCESSING");
    assertThat(read("").path("replicationInfo").path("status").asText()).isEqualTo("PROCESSING");
    assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).replicationStatusAsString())
        .isEqualTo("PROCESSING");
  }

  @Test
  void what_is_not_there_or_not_understood_is_refused_as_the_real_one_does() {
    assertThat(backbeat.get(path("missing")).code()).isEqualTo("ObjNotFound");
    assertThat(backbeat.get("/_/backbeat/metadata/missing/k").code()).isEqualTo("NoSuchBucket");
    assertThat(backbeat.get(path("k") + "?versionId=bad").code()).isEqualTo("InvalidArgument");
    assertThat(backbeat.send("PUT", path("k"), Map.of(), "{").code())
        .isEqualTo("MalformedPOSTRequest");
    assertThat(backbeat.send("POST", path("k"), Map.of(), "{}").status()).isEqualTo(405);
    assertThat(write("missing", "", METADATA_ONLY, read("")).code()).isEqualTo("ObjNotFound");
  }

  @Test
  void metadata_only_keeps_the_location_and_the_encryption_that_are_stored() {
    ObjectNode metadata = read("?versionId=" + version);
    var location = metadata.path("location").deepCopy();
    metadata.putArray("location").addObject().put("key", "other");
    metadata.put("x-amz-server-side-encryption", "AES256");
    write("k", "?versionId=" + version, METADATA_ONLY, metadata);
    assertThat(read("").path("location")).isEqualTo(location);
    assertThat(read("").path("x-amz-server-side-encryption").asText()).isEmpty();
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("x");
  }

  @Test
  void other_data_without_metadata_only_deletes_the_old_one_but_none_keeps_it() {
    int before = standIn.localData();
    ObjectNode metadata = read("?versionId=" + version);
    metadata.putNull("location");
    write("k", "?versionId=" + version, Map.of(), metadata);
    assertThat(standIn.localData()).isEqualTo(before);
    String second =
        s3.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("y")).versionId();
    ObjectNode other = read("?versionId=" + second);
    other.putArray("location").addObject().put("key", "other").put("dataStoreName", "us-east-1");
    write("k", "?versionId=" + second, Map.of(), other);
    assertThat(standIn.localData()).isEqualTo(before);
  }

  @Test
  void an_older_version_that_is_put_does_not_become_the_latest() {
    ObjectNode first = read("?versionId=" + version);
    String second =
        s3.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("y")).versionId();
    write("k", "?versionId=" + version, METADATA_ONLY, withStatus(first, "COMPLETED"));
    assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).versionId()).isEqualTo(second);
    assertThat(read("?versionId=" + version).path("replicationInfo").path("status").asText())
        .isEqualTo("COMPLETED");
  }

  @Test
  void a_replica_at_a_destination_becomes_an_object_there() {
    String destination = bucket + "-copy";
    s3.createBucket(b -> b.bucket(destination));
    s3.putBucketVersioning(
        b ->
            b.bucket(destination)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    SignedRequests.Answer stored =
        backbeat.send(
            "PUT",
            "/_/backbeat/data/" + destination + "/k?v2",
            Map.of("Content-MD5", MD5, "X-Scal-Canonical-Id", Account.USER.canonicalId()),
            "x");
    ObjectNode metadata = withStatus(read(""), "REPLICA");
    ObjectNode element = (ObjectNode) metadata.path("location").path(0);
    element.put("key", stored.json().path(0).path("key").asText());
    backbeat.send(
        "PUT",
        "/_/backbeat/metadata/" + destination + "/k?versionId=" + version,
        Map.of(),
        metadata.toString());
    var replica = s3.getObjectAsBytes(b -> b.bucket(destination).key("k"));
    assertThat(replica.asUtf8String()).isEqualTo("x");
    assertThat(replica.response().versionId()).isEqualTo(version);
    assertThat(replica.response().replicationStatusAsString()).isEqualTo("REPLICA");
  }

  @Test
  void the_null_version_keeps_its_id() {
    String plain = bucket + "-plain";
    s3.createBucket(b -> b.bucket(plain));
    s3.putObject(b -> b.bucket(plain).key("k"), RequestBody.fromString("old"));
    s3.putBucketVersioning(
        b ->
            b.bucket(plain).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    s3.putObject(b -> b.bucket(plain).key("k"), RequestBody.fromString("new"));
    String path = "/_/backbeat/metadata/" + plain + "/k?versionId=null";
    ObjectNode metadata = JsonText.parse(backbeat.get(path).json().path("Body").asText());
    assertThat(metadata.path("isNull").asBoolean()).isTrue();
    String id = metadata.path("versionId").asText();
    metadata.remove("versionId");
    metadata.put("x-amz-meta-seen", "1");
    backbeat.send("PUT", path, METADATA_ONLY, metadata.toString());
    ObjectNode after = JsonText.parse(backbeat.get(path).json().path("Body").asText());
    assertThat(after.path("versionId").asText()).isEqualTo(id);
    assertThat(after.path("x-amz-meta-seen").asText()).isEqualTo("1");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(plain).key("k").versionId("null")).asUtf8String())
        .isEqualTo("old");
  }

  @Test
  void data_needs_its_headers_and_a_wrong_checksum_leaves_an_orphan() {
    String path = "/_/backbeat/data/" + bucket + "/k?v2";
    Map<String, String> owner = Map.of("X-Scal-Canonical-Id", "id");
    assertThat(backbeat.send("PUT", path, owner, "x").code()).isEqualTo("BadRequest");
    assertThat(backbeat.send("PUT", path, Map.of("Content-MD5", MD5), "x").code())
        .isEqualTo("BadRequest");
    int orphans = standIn.orphans().size();
    assertThat(
            backbeat
                .send("PUT", path, Map.of("Content-MD5", MD5, "X-Scal-Canonical-Id", "id"), "y")
                .code())
        .isEqualTo("BadDigest");
    assertThat(standIn.orphans()).hasSize(orphans + 1);
  }

  @Test
  void signatures_of_both_versions_are_verified() {
    for (Account known : new Account[] {Account.REPLICATION, Account.USER}) {
      assertThat(SignedRequests.v2(standIn.uri(), known).get(path("k")).status()).isEqualTo(200);
      SignedRequests.Answer v4 =
          SignedRequests.v4(standIn.uri(), known).get(path("k") + "?versionId=" + version);
      assertThat(v4.status()).as(v4.body()).isEqualTo(200);
      Account liar = known.withKeys(known.accessKey(), "wrong");
      assertThat(SignedRequests.v2(standIn.uri(), liar).get(path("k")).code())
          .isEqualTo("SignatureDoesNotMatch");
      assertThat(SignedRequests.v4(standIn.uri(), liar).get(path("k")).code())
          .isEqualTo("SignatureDoesNotMatch");
    }
  }

  @Test
  void v4_covers_the_body_and_keys_of_any_characters() {
    SignedRequests v4 = SignedRequests.v4(standIn.uri(), Account.REPLICATION);
    String key = "dir%2Fa%20b%2B%E4%B8%AD";
    SignedRequests.Answer put =
        v4.send("PUT", path(key), Map.of("x-scal-request-uids", "u1"), read("").toString());
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(standIn.metadata(bucket, "dir/a b+中", "")).isPresent();
  }

  @Test
  void an_account_that_may_not_replicate_is_denied() {
    Account other = Account.user("Nobody", "2", "2", "nobodyKey", "nobodySecret");
    standIn.know(other.refused());
    assertThat(SignedRequests.v2(standIn.uri(), other).get(path("k")).code())
        .isEqualTo("AccessDenied");
    standIn.know(other);
    assertThat(SignedRequests.v2(standIn.uri(), other).get(path("k")).status()).isEqualTo(200);
  }

  @Test
  void writes_of_metadata_are_counted() {
    long before = standIn.metadataWrites();
    write("k", "?versionId=" + version, METADATA_ONLY, read(""));
    assertThat(standIn.metadataWrites()).isEqualTo(before + 1);
  }
}
