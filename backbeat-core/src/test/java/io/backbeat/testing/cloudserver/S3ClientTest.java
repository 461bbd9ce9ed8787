package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.testing.Metadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** What an S3 client of a user can do, with the client of the AWS SDK. */
class S3ClientTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static CloudServerStandIn standIn;
  private static S3Client s3;

  private String bucket = "";

  @BeforeAll
  static void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
  }

  @AfterAll
  static void stop() {
    s3.close();
    standIn.close();
  }

  @BeforeEach
  void freshBucket() {
    bucket = "bucket-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(s3, bucket, "aws-backend-1,azure-backend-1");
  }

  private String put(String key, String text) {
    return s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(text)).versionId();
  }

  private JsonNode metadata(String key, String versionId) {
    return Metadata.parse(standIn.metadata(bucket, key, versionId).orElseThrow());
  }

  @Test
  void an_object_comes_back_with_what_was_said_of_it() {
    String key = "dir/obj with space+中";
    s3.putObject(
        b ->
            b.bucket(bucket)
                .key(key)
                .contentType("text/plain")
                .cacheControl("no-cache")
                .metadata(Map.of("color", "red"))
                .tagging("a=b&c=d"),
        RequestBody.fromString("hello world"));
    var object = s3.getObjectAsBytes(b -> b.bucket(bucket).key(key));
    assertThat(object.asUtf8String()).isEqualTo("hello world");
    assertThat(object.response().eTag()).isEqualTo("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"");
    assertThat(object.response().contentType()).isEqualTo("text/plain");
    assertThat(object.response().cacheControl()).isEqualTo("no-cache");
    assertThat(object.response().metadata()).containsEntry("color", "red");
    assertThat(object.response().replicationStatusAsString()).isEqualTo("PENDING");
    assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key(key)).tagSet())
        .extracting(Tag::key)
        .containsExactly("a", "c");
    assertThat(
            s3.getObjectAsBytes(b -> b.bucket(bucket).key(key).range("bytes=6-8")).asUtf8String())
        .isEqualTo("wor");
  }

  @Test
  void head_tells_the_status_at_each_location() {
    put("k", "x");
    var head = s3.headObject(b -> b.bucket(bucket).key("k"));
    assertThat(head.contentLength()).isEqualTo(1);
    assertThat(head.metadata())
        .containsEntry("aws-backend-1-replication-status", "PENDING")
        .containsEntry("azure-backend-1-replication-status", "PENDING");
  }

  @Test
  void versions_pile_up_and_a_delete_marker_hides_them() {
    String first = put("k", "one");
    String second = put("k", "two");
    s3.deleteObject(b -> b.bucket(bucket).key("k"));
    assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").versionId(first)).asUtf8String())
        .isEqualTo("one");
    var listed = s3.listObjectVersions(b -> b.bucket(bucket));
    assertThat(listed.versions())
        .extracting(ObjectVersion::versionId)
        .containsExactly(second, first);
    assertThat(listed.deleteMarkers()).hasSize(1);
    s3.deleteObject(
        b -> b.bucket(bucket).key("k").versionId(listed.deleteMarkers().get(0).versionId()));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("two");
  }

  @Test
  void an_upload_in_parts_becomes_an_object_whose_parts_can_be_read() {
    byte[] first = new byte[5 << 20];
    String id = s3.createMultipartUpload(b -> b.bucket(bucket).key("mpu")).uploadId();
    String one =
        s3.uploadPart(
                b -> b.bucket(bucket).key("mpu").uploadId(id).partNumber(1),
                RequestBody.fromBytes(first))
            .eTag();
    String two =
        s3.uploadPart(
                b -> b.bucket(bucket).key("mpu").uploadId(id).partNumber(2),
                RequestBody.fromString("end"))
            .eTag();
    s3.completeMultipartUpload(
        b ->
            b.bucket(bucket)
                .key("mpu")
                .uploadId(id)
                .multipartUpload(
                    u ->
                        u.parts(
                            CompletedPart.builder().partNumber(1).eTag(one).build(),
                            CompletedPart.builder().partNumber(2).eTag(two).build())));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("mpu").partNumber(2)).asUtf8String())
        .isEqualTo("end");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("mpu")).asByteArray())
        .hasSize(first.length + 3);
    JsonNode metadata = metadata("mpu", "");
    assertThat(metadata.path("content-md5").asText()).endsWith("-2");
    assertThat(metadata.path("location").findValuesAsText("start")).containsExactly("0", "5242880");
    assertThat(metadata.path("replicationInfo").path("content").toString())
        .isEqualTo("[\"DATA\",\"METADATA\",\"MPU\"]");
  }

  @Test
  void an_aborted_upload_leaves_nothing() {
    String id = s3.createMultipartUpload(b -> b.bucket(bucket).key("mpu")).uploadId();
    s3.uploadPart(
        b -> b.bucket(bucket).key("mpu").uploadId(id).partNumber(1), RequestBody.fromString("x"));
    assertThat(s3.listParts(b -> b.bucket(bucket).key("mpu").uploadId(id)).parts()).hasSize(1);
    s3.abortMultipartUpload(b -> b.bucket(bucket).key("mpu").uploadId(id));
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    assertThat(standIn.orphans()).isEmpty();
  }

  @Test
  void tags_are_changed_and_replicated_alone() {
    put("k", "x");
    s3.putObjectTagging(
        b ->
            b.bucket(bucket)
                .key("k")
                .tagging(t -> t.tagSet(Tag.builder().key("k1").value("v1").build())));
    assertThat(metadata("k", "").path("replicationInfo").path("content").toString())
        .isEqualTo("[\"METADATA\",\"PUT_TAGGING\"]");
    s3.deleteObjectTagging(b -> b.bucket(bucket).key("k"));
    assertThat(metadata("k", "").path("replicationInfo").path("content").toString())
        .isEqualTo("[\"METADATA\",\"DELETE_TAGGING\"]");
    assertThat(metadata("k", "").path("tags")).isEmpty();
  }

  @Test
  void a_copy_is_an_object_of_its_own() {
    put("from", "copied");
    s3.copyObject(
        b ->
            b.sourceBucket(bucket)
                .sourceKey("from")
                .destinationBucket(bucket)
                .destinationKey("to")
                .metadataDirective(MetadataDirective.COPY));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("to")).asUtf8String())
        .isEqualTo("copied");
    assertThat(metadata("to", "").path("originOp").asText()).isEqualTo("s3:ObjectCreated:Copy");
  }

  @Test
  void objects_are_listed_page_by_page() {
    for (String key : List.of("a/1", "a/2", "b", "c")) {
      put(key, key);
    }
    var page = s3.listObjectsV2(b -> b.bucket(bucket).maxKeys(2).delimiter("/"));
    assertThat(page.isTruncated()).isTrue();
    assertThat(page.commonPrefixes()).hasSize(1);
    assertThat(page.contents()).extracting(o -> o.key()).containsExactly("b");
    assertThat(
            s3.listObjectsV2(b -> b.bucket(bucket).continuationToken(page.nextContinuationToken()))
                .contents())
        .extracting(o -> o.key())
        .containsExactly("c");
  }

  @Test
  void the_replication_configuration_comes_back() {
    var configuration = s3.getBucketReplication(b -> b.bucket(bucket)).replicationConfiguration();
    assertThat(configuration.role()).contains("s3-replication-role");
    assertThat(configuration.rules().get(0).destination().storageClassAsString())
        .isEqualTo("aws-backend-1,azure-backend-1");
  }

  @Test
  void a_service_account_sets_no_pending() {
    try (S3Client service = S3Clients.of(standIn.uri(), Account.REPLICATION)) {
      service.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("x"));
    }
    assertThat(metadata("k", "").path("replicationInfo").path("status").asText()).isEmpty();
  }

  @Test
  void an_unknown_key_a_wrong_one_and_a_bucket_that_is_missing_are_refused() {
    Account stranger = Account.user("Eve", "1", "1", "unknown", "secret");
    Account liar = Account.user("Eve", "1", "1", Account.USER.accessKey(), "secret");
    assertRefused(stranger, bucket, "InvalidAccessKeyId");
    assertRefused(liar, bucket, "SignatureDoesNotMatch");
    assertRefused(Account.USER, "missing", "NoSuchBucket");
  }

  private static void assertRefused(Account account, String name, String code) {
    try (S3Client client = S3Clients.of(standIn.uri(), account)) {
      assertThatThrownBy(
              () ->
                  client.putObject(
                      b -> b.bucket(name).key("k"), RequestBody.fromBytes("x".getBytes(UTF_8))))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
  }
}
