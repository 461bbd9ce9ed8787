package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Where an object that has replicas is read. */
class ReplicaReadsTest {
  private static final Map<String, String> METADATA_ONLY =
      Map.of("x-scal-replication-content", "METADATA");

  private CloudServerStandIn standIn;
  private S3Client s3;
  private SignedRequests backbeat;
  private String version = "";

  @BeforeEach
  void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    backbeat = SignedRequests.v2(standIn.uri(), Account.REPLICATION);
    S3Clients.replicatedBucket(s3, "photos", "aws-backend-1:preferred_read,azure-backend-1");
    version =
        s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("source"))
            .versionId();
  }

  @AfterEach
  void stop() {
    s3.close();
    standIn.close();
  }

  private SignedRequests.Answer read(String location) {
    Map<String, String> headers =
        location.isEmpty() ? Map.of() : Map.of("x-amz-location-constraint", location);
    return backbeat.send("GET", "/photos/k", headers, "");
  }

  private void replicate(String md5, String bytes) {
    String receipt =
        backbeat
            .send(
                "PUT",
                "/_/backbeat/multiplebackenddata/photos/k?operation=putobject",
                Map.of(
                    "X-Scal-Storage-Class", "aws-backend-1",
                    "X-Scal-Storage-Type", "aws_s3",
                    "X-Scal-Canonical-Id", "id",
                    "Content-MD5", md5),
                bytes)
            .json()
            .path("versionId")
            .asText();
    String path = "/_/backbeat/metadata/photos/k?versionId=" + version;
    String metadata = backbeat.get(path).json().path("Body").asText();
    String pending =
        "\"site\":\"aws-backend-1\",\"status\":\"PENDING\",\"dataStoreVersionId\":\"\"";
    assertThat(metadata).contains(pending);
    String done =
        metadata.replace(
            pending,
            "\"site\":\"aws-backend-1\",\"status\":\"COMPLETED\",\"dataStoreVersionId\":\""
                + receipt
                + '"');
    backbeat.send("PUT", path, METADATA_ONLY, done);
  }

  @Test
  void the_source_is_read_until_the_preferred_replica_is_there() {
    assertThat(read("").body()).isEqualTo("source");
    String md5 = Digests.hex(Digests.md5().digest("copied".getBytes()));
    replicate(md5, "copied");
    assertThat(read("").body()).isEqualTo("copied");
    assertThat(read("aws-backend-1").body()).isEqualTo("copied");
    assertThat(read("us-east-1").body()).isEqualTo("source");
    assertThat(read("azure-backend-1").status()).isEqualTo(404);
    assertThat(read("nowhere").status()).isEqualTo(400);
    assertThat(s3.headObject(b -> b.bucket("photos").key("k")).metadata())
        .containsEntry("aws-backend-1-replication-status", "COMPLETED")
        .containsKey("aws-backend-1-version-id")
        .doesNotContainKey("azure-backend-1-version-id");
  }

  @Test
  void a_new_write_of_tags_keeps_the_version_id_that_a_location_gave() {
    replicate(Digests.hex(Digests.md5().digest("copied".getBytes())), "copied");
    s3.putObjectTagging(
        b -> b.bucket("photos").key("k").tagging(t -> t.tagSet(java.util.List.of())));
    var info =
        JsonText.parse(standIn.metadata("photos", "k", "").orElseThrow()).path("replicationInfo");
    assertThat(info.path("status").asText()).isEqualTo("PENDING");
    assertThat(info.path("backends").findValuesAsText("status"))
        .containsExactly("PENDING", "PENDING");
    assertThat(info.path("backends").path(0).path("dataStoreVersionId").asText()).isNotEmpty();
  }
}
