package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The internal routes that write to clouds and delete there. */
class BackendRoutesTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String MD5 = "9dd4e461268c8034f5c8564e155c67a6";

  private static CloudServerStandIn standIn;
  private static S3Client s3;
  private static SignedRequests backbeat;

  private String bucket = "";

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
  void freshBucket() {
    bucket = "bucket-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(s3, bucket, "aws-backend-1,azure-backend-1");
  }

  private SignedRequests.Answer send(
      String method, String operation, Map<String, String> headers, String body) {
    return backbeat.send(
        method,
        "/_/backbeat/multiplebackenddata/" + bucket + "/k?operation=" + operation,
        headers,
        body);
  }

  private static Map<String, String> to(String location, String type, String... more) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Scal-Storage-Class", location);
    headers.put("X-Scal-Storage-Type", type);
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static Map<String, String> put(String location, String type) {
    return to(location, type, "Content-MD5", MD5, "X-Scal-Canonical-Id", "id");
  }

  @Test
  void an_object_arrives_with_all_that_goes_with_it() {
    Map<String, String> headers = put("aws-backend-1", "aws_s3,azure");
    headers.put("X-Scal-User-Metadata", "{\"x-amz-meta-color\":\"red\"}");
    headers.put("X-Scal-Tags", "{\"a\":\"b\"}");
    headers.put("X-Scal-Content-Type", "text/plain");
    headers.put("X-Scal-Version-Id", "v1");
    SignedRequests.Answer answer = send("PUT", "putobject", headers, "x");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    CloudObject object = standIn.cloud("aws-backend-1").object(bucket, "k").orElseThrow();
    assertThat(object.bytes()).asString().isEqualTo("x");
    assertThat(object.tags()).containsExactly(Map.entry("a", "b"));
    assertThat(object.headers()).containsEntry("content-type", "text/plain");
    assertThat(object.userMetadata())
        .containsEntry("color", "red")
        .containsEntry("scal-replication-status", "REPLICA")
        .containsEntry("scal-version-id", "v1");
    assertThat(answer.json().path("versionId").asText()).isEqualTo(object.versionId());
    var element = answer.json().path("location").path(0);
    assertThat(element.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "key",
            "size",
            "start",
            "dataStoreName",
            "dataStoreType",
            "dataStoreETag",
            "dataStoreVersionId");
    assertThat(element.path("dataStoreETag").asText()).isEqualTo("1:" + MD5);
  }

  @Test
  void azure_has_no_versions() {
    send("PUT", "putobject", put("azure-backend-1", "azure"), "x");
    SignedRequests.Answer again = send("PUT", "putobject", put("azure-backend-1", "azure"), "x");
    assertThat(again.json().path("versionId").asText()).isEmpty();
    assertThat(standIn.cloud("azure-backend-1").versions(bucket + "/k")).hasSize(1);
  }

  @Test
  void required_headers_and_the_type_of_the_location_are_checked() {
    Map<String, String> noType = put("aws-backend-1", "aws_s3");
    noType.remove("X-Scal-Storage-Type");
    assertThat(send("PUT", "putobject", noType, "x").code()).isEqualTo("BadRequest");
    Map<String, String> noMd5 = put("aws-backend-1", "aws_s3");
    noMd5.remove("Content-MD5");
    assertThat(send("PUT", "putobject", noMd5, "x").code()).isEqualTo("BadRequest");
    assertThat(send("PUT", "putobject", put("aws-backend-1", "azure"), "x").code())
        .isEqualTo("InvalidRequest");
    assertThat(send("PUT", "putobject", put("nowhere", "aws_s3"), "x").status()).isEqualTo(424);
    assertThat(send("PUT", "unknown", put("aws-backend-1", "aws_s3"), "x").status()).isEqualTo(405);
    assertThat(send("PUT", "putobject", put("aws-backend-1", "aws_s3"), "y").code())
        .isEqualTo("BadDigest");
    Map<String, String> badTags = put("aws-backend-1", "aws_s3");
    badTags.put("X-Scal-Tags", "{");
    assertThat(send("PUT", "putobject", badTags, "x").code()).isEqualTo("MalformedPOSTRequest");
  }

  @Test
  void parts_become_an_object() {
    Map<String, String> aws = to("aws-backend-1", "aws_s3");
    String id = send("POST", "initiatempu", aws, "").json().path("uploadId").asText();
    String first = part(id, "1", "one");
    String second = part(id, "2", "two");
    assertThat(standIn.cloud("aws-backend-1").openUploads()).containsKey(id);
    assertThat(standIn.cloud("aws-backend-1").parts(id)).containsExactlyInAnyOrder(1, 2);
    SignedRequests.Answer answer = complete(id, first, second);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    CloudObject object = standIn.cloud("aws-backend-1").object(bucket, "k").orElseThrow();
    assertThat(object.bytes()).asString().isEqualTo("onetwo");
    assertThat(object.etag()).endsWith("-2");
    assertThat(object.contentMd5())
        .isEqualTo(Digests.hex(Digests.md5().digest("onetwo".getBytes())));
    assertThat(standIn.cloud("aws-backend-1").openUploads()).doesNotContainKey(id);
    assertThat(complete(id, first, second).code()).isEqualTo("NoSuchUpload");
  }

  private String part(String id, String number, String body) {
    return send(
            "PUT",
            "putpart",
            to("aws-backend-1", "aws_s3", "X-Scal-Part-Number", number, "X-Scal-Upload-Id", id),
            body)
        .json()
        .path("ETag")
        .asText();
  }

  private SignedRequests.Answer complete(String id, String first, String second) {
    String parts =
        "[{\"PartNumber\":[1],\"ETag\":[\"%s\"]},{\"PartNumber\":[2],\"ETag\":[\"%s\"]}]"
            .formatted(first, second);
    return send(
        "POST", "completempu", to("aws-backend-1", "aws_s3", "X-Scal-Upload-Id", id), parts);
  }

  @Test
  void a_part_that_is_missing_or_another_one_does_not_complete() {
    Map<String, String> aws = to("aws-backend-1", "aws_s3");
    String id = send("POST", "initiatempu", aws, "").json().path("uploadId").asText();
    String first = part(id, "1", "one");
    assertThat(complete(id, first, "0").code()).isEqualTo("InvalidPart");
    part(id, "2", "two");
    assertThat(complete(id, first, "0").code()).isEqualTo("InvalidPart");
  }

  @Test
  void an_aborted_upload_is_gone_and_azure_needs_no_beginning() {
    Map<String, String> azure =
        to("azure-backend-1", "azure", "X-Scal-Part-Number", "1", "X-Scal-Upload-Id", "u1");
    send("PUT", "putpart", azure, "x");
    assertThat(standIn.cloud("azure-backend-1").openUploads()).containsKey("u1");
    assertThat(send("DELETE", "abortmpu", azure, "").status()).isEqualTo(200);
    assertThat(standIn.cloud("azure-backend-1").openUploads()).doesNotContainKey("u1");
  }

  @Test
  void deleting_leaves_a_marker_where_there_are_versions() {
    send("PUT", "putobject", put("aws-backend-1", "aws_s3"), "x");
    send("PUT", "putobject", put("azure-backend-1", "azure"), "x");
    for (String location : List.of("aws-backend-1", "azure-backend-1")) {
      Map<String, String> headers = to(location, "aws_s3,azure");
      assertThat(send("DELETE", "deleteobject", headers, "").status()).isEqualTo(200);
      assertThat(standIn.cloud(location).object(bucket, "k")).isEmpty();
    }
    assertThat(standIn.cloud("aws-backend-1").versions(bucket + "/k")).hasSize(2);
    assertThat(standIn.cloud("azure-backend-1").versions(bucket + "/k")).isEmpty();
  }

  @Test
  void tags_are_set_and_removed_and_need_an_object() {
    Map<String, String> headers =
        to(
            "aws-backend-1", "aws_s3",
            "X-Scal-Tags", "{\"a\":\"b\"}",
            "X-Scal-Data-Store-Version-Id", "missing");
    assertThat(send("POST", "puttagging", headers, "").code()).isEqualTo("NoSuchKey");
    String version =
        send("PUT", "putobject", put("aws-backend-1", "aws_s3"), "x")
            .json()
            .path("versionId")
            .asText();
    headers.put("X-Scal-Data-Store-Version-Id", version);
    assertThat(send("POST", "puttagging", headers, "").json().path("versionId").asText())
        .isEqualTo(version);
    assertThat(standIn.cloud("aws-backend-1").object(bucket, "k").orElseThrow().tags())
        .containsEntry("a", "b");
    send("DELETE", "deleteobjecttagging", headers, "");
    assertThat(standIn.cloud("aws-backend-1").object(bucket, "k").orElseThrow().tags()).isEmpty();
  }

  private SignedRequests.Answer batchDelete(
      String location, String version, Map<String, String> headers) {
    String body =
        "{\"Locations\":[{\"key\":\"%s/k\",\"dataStoreName\":\"%s\",\"dataStoreVersionId\":\"%s\"}]}"
            .formatted(bucket, location, version);
    return backbeat.send("POST", "/_/backbeat/batchdelete/" + bucket + "/k", headers, body);
  }

  @Test
  void data_is_deleted_by_version_or_on_a_condition() {
    String version =
        send("PUT", "putobject", put("aws-backend-1", "aws_s3"), "x")
            .json()
            .path("versionId")
            .asText();
    assertThat(batchDelete("aws-backend-1", "", Map.of()).body()).isEqualTo("null");
    assertThat(standIn.cloud("aws-backend-1").object(bucket, "k")).isPresent();
    Map<String, String> tagged =
        Map.of(
            "If-Unmodified-Since", "2099-01-01T00:00:00.000Z",
            "X-Scal-Tags", "{\"scal-delete-marker\":\"true\"}");
    assertThat(batchDelete("aws-backend-1", "", tagged).status()).isEqualTo(200);
    assertThat(standIn.cloud("aws-backend-1").object(bucket, "k").orElseThrow().tags())
        .containsEntry("scal-delete-marker", "true");
    batchDelete("aws-backend-1", version, Map.of());
    assertThat(standIn.cloud("aws-backend-1").object(bucket, "k")).isEmpty();
    assertThat(batchDelete("aws-backend-1", version, Map.of()).status()).isEqualTo(200);
    assertThat(batchDelete("nowhere", "", Map.of()).status()).isEqualTo(424);
  }

  @Test
  void azure_deletes_only_what_was_not_modified() {
    send("PUT", "putobject", put("azure-backend-1", "azure"), "x");
    Map<String, String> old = Map.of("If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT");
    assertThat(batchDelete("azure-backend-1", "", old).status()).isEqualTo(412);
    assertThat(standIn.cloud("azure-backend-1").object(bucket, "k")).isPresent();
    Map<String, String> now = Map.of("If-Unmodified-Since", "Thu, 01 Jan 2099 00:00:00 GMT");
    assertThat(batchDelete("azure-backend-1", "", now).status()).isEqualTo(200);
    assertThat(standIn.cloud("azure-backend-1").object(bucket, "k")).isEmpty();
  }

  @Test
  void the_time_of_an_object_is_told() {
    var location =
        send("PUT", "putobject", put("aws-backend-1", "aws_s3"), "x").json().path("location");
    SignedRequests.Answer answer =
        backbeat.send(
            "GET",
            "/_/backbeat/multiplebackendmetadata/" + bucket + "/k",
            Map.of("X-Scal-Locations", location.toString()),
            "");
    assertThat(answer.json().path("lastModified").asText()).matches("\\d{4}-.*Z");
  }

  @Test
  void lifecycle_is_listed_and_expired() {
    s3.putObject(
        b -> b.bucket(bucket).key("k"),
        software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
    SignedRequests.Answer current =
        backbeat.get("/_/backbeat/lifecycle/" + bucket + "?list-type=current");
    assertThat(current.json().path("Contents").path(0).path("Key").asText()).isEqualTo("k");
    backbeat.send("DELETE", "/_/backbeat/expiration/" + bucket + "/k", Map.of(), "");
    assertThat(
            backbeat
                .get("/_/backbeat/lifecycle/" + bucket + "?list-type=noncurrent")
                .json()
                .path("Contents"))
        .hasSize(1);
    String index = "/_/backbeat/index/" + bucket;
    backbeat.send("POST", index + "?operation=add", Map.of(), "[{\"name\":\"i\",\"keys\":[]}]");
    assertThat(backbeat.get(index).json().path("Indexes")).hasSize(1);
  }
}
