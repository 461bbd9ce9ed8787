package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.MetadataExamples;
import io.backbeat.testing.Metadata;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Tag;

/** The same client writes give the documents that were recorded from the real server. */
class RecordedDocumentsTest {
  /** What is another one each time: ids, times, keys of data. */
  private static final Set<String> VARYING =
      Set.of(
          "versionId",
          "nullVersionId",
          "uploadId",
          "creation-time",
          "last-modified",
          "retentionDate",
          "location");

  private CloudServerStandIn standIn;
  private S3Client s3;

  @BeforeEach
  void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    replicated("src-one", "aws-backend-1");
    s3.createBucket(b -> b.bucket("plain"));
  }

  private void replicated(String bucket, String sites) {
    S3Clients.replicatedBucket(
        s3, bucket, "arn:aws:iam::root:role/s3-replication-role", bucket, sites);
  }

  @AfterEach
  void stop() {
    s3.close();
    standIn.close();
  }

  private void assertRecorded(String kind, boolean version, String bucket, String key) {
    assertRecorded(kind, version, bucket, key, "");
  }

  private void assertRecorded(
      String kind, boolean version, String bucket, String key, String versionId) {
    JsonNode recorded = MetadataExamples.of(kind, version).tree();
    JsonNode written = Metadata.parse(standIn.metadata(bucket, key, versionId).orElseThrow());
    assertThat(comparable(written)).as(kind).isEqualTo(comparable(recorded));
    for (int i = 0; i < recorded.path("location").size(); i++) {
      assertThat(locationOf(written.path("location").path(i)))
          .isEqualTo(locationOf(recorded.path("location").path(i)));
    }
  }

  /** Members by their names; of those that vary, only that they are there. */
  private static Map<String, JsonNode> comparable(JsonNode document) {
    Map<String, JsonNode> members = new TreeMap<>();
    document
        .properties()
        .forEach(
            member ->
                members.put(
                    member.getKey(),
                    VARYING.contains(member.getKey())
                        ? JsonText.object().put("isNull", member.getValue().isNull())
                        : member.getValue()));
    return members;
  }

  private static ObjectNode locationOf(JsonNode element) {
    ObjectNode copy = element.deepCopy();
    assertThat(copy.has("key")).isTrue();
    copy.remove("key");
    return copy;
  }

  private void put(String bucket, String key, String text) {
    s3.putObject(
        b -> b.bucket(bucket).key(key).contentType("application/octet-stream"),
        RequestBody.fromString(text));
  }

  @Test
  void objects_and_their_versions() {
    s3.putObject(
        b ->
            b.bucket("src-one")
                .key("obj-1")
                .contentType("text/plain")
                .cacheControl("no-cache")
                .contentDisposition("attachment")
                .contentEncoding("identity")
                .metadata(Map.of("my-key", "my value", "color", "red")),
        RequestBody.fromString("hello world"));
    assertRecorded("object, versioned bucket, one backend", true, "src-one", "obj-1");
    put("src-one", "obj-1", "hello world 2");
    assertRecorded("second version of the object", true, "src-one", "obj-1");
    put("src-one", "empty", "");
    assertRecorded("empty object", true, "src-one", "empty");
    s3.copyObject(
        b ->
            b.sourceBucket("src-one")
                .sourceKey("empty")
                .destinationBucket("src-one")
                .destinationKey("copy"));
    assertRecorded("object copy", true, "src-one", "copy");
  }

  @Test
  void changes_of_metadata() {
    put("src-one", "obj-1", "hello world");
    put("src-one", "obj-1", "hello world 2");
    s3.putObjectTagging(
        b ->
            b.bucket("src-one")
                .key("obj-1")
                .tagging(
                    t ->
                        t.tagSet(
                            Tag.builder().key("k1").value("v1").build(),
                            Tag.builder().key("k2").value("v2").build())));
    assertRecorded("tagging update", true, "src-one", "obj-1");
    s3.deleteObjectTagging(b -> b.bucket("src-one").key("obj-1"));
    assertRecorded("tagging removed", true, "src-one", "obj-1");
    s3.putObjectAcl(b -> b.bucket("src-one").key("obj-1").acl(ObjectCannedACL.PUBLIC_READ));
    assertRecorded("ACL update", true, "src-one", "obj-1");
    s3.deleteObject(b -> b.bucket("src-one").key("obj-1"));
    assertRecorded("delete marker", true, "src-one", "obj-1");
    s3.deleteObject(b -> b.bucket("src-one").key("never"));
    assertRecorded("delete marker of a key that never existed", true, "src-one", "never");
  }

  @Test
  void an_upload_in_parts() {
    String id =
        s3.createMultipartUpload(
                b ->
                    b.bucket("src-one")
                        .key("mpu")
                        .contentType("application/octet-stream")
                        .metadata(Map.of("m", "1")))
            .uploadId();
    CompletedPart[] parts = new CompletedPart[2];
    for (int number = 1; number <= 2; number++) {
      int part = number;
      byte[] bytes = new byte[number == 1 ? 5 << 20 : 1000];
      String etag =
          s3.uploadPart(
                  b -> b.bucket("src-one").key("mpu").uploadId(id).partNumber(part),
                  RequestBody.fromBytes(bytes))
              .eTag();
      parts[number - 1] = CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
    s3.completeMultipartUpload(
        b -> b.bucket("src-one").key("mpu").uploadId(id).multipartUpload(m -> m.parts(parts)));
    JsonNode recorded = MetadataExamples.of("object made by MPU", true).tree();
    JsonNode written = Metadata.parse(standIn.metadata("src-one", "mpu", "").orElseThrow());
    Map<String, JsonNode> expected = comparable(recorded);
    Map<String, JsonNode> actual = comparable(written);
    expected.remove("content-md5"); // of other bytes
    actual.remove("content-md5");
    assertThat(actual).isEqualTo(expected);
    assertThat(written.path("location").findValuesAsText("size"))
        .containsExactly("5242880", "1000");
  }

  @Test
  void objects_without_versions_and_what_becomes_of_them() {
    put("plain", "p1", "plain");
    assertRecorded("object, bucket without versioning", false, "plain", "p1");
    put("plain", "p1", "plain2");
    assertRecorded("overwrite, bucket without versioning", false, "plain", "p1");
    put("plain", "p2", "plain");
    versioning(BucketVersioningStatus.ENABLED);
    put("plain", "p2", "v1");
    String kept = "null version kept when a versioned PUT comes over it";
    assertRecorded(kept, false, "plain", "p2");
    JsonNode nullVersion = Metadata.parse(standIn.metadata("plain", "p2", "null").orElseThrow());
    assertThat(nullVersion.path("versionId").asText()).isEqualTo("99999999999999999999RG001  ");
    assertThat(nullVersion.path("isNull").asBoolean()).isTrue();
    versioning(BucketVersioningStatus.SUSPENDED);
    put("plain", "p2", "susp");
    assertRecorded("PUT with versioning suspended", false, "plain", "p2");
    assertThat(s3.listObjectVersions(b -> b.bucket("plain").prefix("p2")).versions()).hasSize(2);
  }

  private void versioning(BucketVersioningStatus status) {
    s3.putBucketVersioning(b -> b.bucket("plain").versioningConfiguration(v -> v.status(status)));
  }

  @Test
  void an_object_in_another_location() {
    s3.createBucket(b -> b.bucket("versioned"));
    s3.putBucketVersioning(
        b ->
            b.bucket("versioned")
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    s3.putObject(
        b ->
            b.bucket("versioned")
                .key("ext")
                .contentType("application/octet-stream")
                .metadata(Map.of("scal-location-constraint", "aws-backend-1")),
        RequestBody.fromString("external"));
    JsonNode written = Metadata.parse(standIn.metadata("versioned", "ext", "").orElseThrow());
    JsonNode recorded =
        MetadataExamples.of(
                "object stored in another location (x-amz-meta-scal-location-constraint)", true)
            .tree();
    assertThat(comparable(written)).isEqualTo(comparable(recorded));
    assertThat(written.path("location").path(0).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyElementsOf(
            recorded.path("location").path(0).properties().stream()
                .map(Map.Entry::getKey)
                .toList());
    assertThat(s3.getObjectAsBytes(b -> b.bucket("versioned").key("ext")).asUtf8String())
        .isEqualTo("external");
  }
}
