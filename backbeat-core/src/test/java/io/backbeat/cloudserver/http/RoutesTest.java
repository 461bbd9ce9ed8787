package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BucketIndexes.Index;
import io.backbeat.cloudserver.BucketIndexes.Key;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.LifecycleListing;
import io.backbeat.cloudserver.LifecycleListing.Kind;
import io.backbeat.cloudserver.LifecycleListing.Marker;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.UploadedPart;
import io.backbeat.replication.ByteRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "a/k", "v");
  private static final Backend AWS = new Backend(LocationName.of("aws"), "aws_s3");

  private static String body(Call call) {
    return new String(((Body.Small) call.body()).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void keys_are_encoded_so_that_a_reader_of_plus_as_space_gives_them_back() {
    assertThat(Routes.metadata(new ObjectVersion("b", "a+b c/é/../%2F*~//", "")).target())
        .isEqualTo("/_/backbeat/metadata/b/a%2Bb%20c/%C3%A9/../%252F%2A~//");
  }

  @Test
  void metadata_is_read_and_written_by_version() {
    assertThat(Routes.metadata(OBJECT)).hasToString("GET /_/backbeat/metadata/b/a/k?versionId=v");
    Call data = Routes.putMetadata(OBJECT, "{}", false);
    Call same = Routes.putMetadata(OBJECT, "{}", true);
    assertThat(data).hasToString("PUT /_/backbeat/metadata/b/a/k?versionId=v");
    assertThat(body(data)).isEqualTo("{}");
    assertThat(data.repeatable()).isFalse();
    assertThat(data.headers()).doesNotContainKey("x-scal-replication-content");
    assertThat(same.headers()).contains(entry("x-scal-replication-content", "METADATA"));
  }

  @Test
  void reads_name_a_part_or_a_range_or_nothing() {
    assertThat(Routes.read(OBJECT, ReadRange.WHOLE, "")).hasToString("GET /b/a/k?versionId=v");
    assertThat(Routes.read(OBJECT, new ReadRange.Part(3), ""))
        .hasToString("GET /b/a/k?versionId=v&partNumber=3");
    assertThat(Routes.read(OBJECT, new ReadRange.Bytes(new ByteRange(10, 5)), "aws").headers())
        .containsOnly(entry("Range", "bytes=10-14"), entry("x-amz-location-constraint", "aws"));
  }

  @Test
  void a_replica_takes_its_headers_along_in_ascii() {
    Call put =
        BackendRoutes.putObject(
            "b",
            "k",
            AWS,
            new ReplicaHeaders(
                "v",
                Map.of("x-amz-meta-n", "é\n"),
                "text/plain",
                "",
                "inline",
                "",
                Map.of("t", "1")),
            "md5",
            "owner",
            Payloads.of("data"));
    assertThat(put).hasToString("PUT /_/backbeat/multiplebackenddata/b/k?operation=putobject");
    assertThat(put.headers())
        .containsOnly(
            entry("X-Scal-Storage-Class", "aws"),
            entry("X-Scal-Storage-Type", "aws_s3"),
            entry("X-Scal-Version-Id", "v"),
            entry("X-Scal-User-Metadata", "{\"x-amz-meta-n\":\"\\u00E9\\n\"}"),
            entry("X-Scal-Content-Type", "text/plain"),
            entry("X-Scal-Content-Disposition", "inline"),
            entry("X-Scal-Tags", "{\"t\":\"1\"}"),
            entry("Content-MD5", "md5"),
            entry("X-Scal-Canonical-Id", "owner"));
    assertThat(put.repeatable()).isFalse();
  }

  @Test
  void parts_are_told_as_a_reader_of_xml_would_have_made_them() {
    List<UploadedPart> parts =
        List.of(new UploadedPart(1, "\"e\"", 0, 9), new UploadedPart(2, "f", 3, 8));
    Call complete =
        BackendRoutes.completeUpload("b", "k", AWS, "u", parts, ReplicaHeaders.NONE, false);
    assertThat(complete.headers()).contains(entry("X-Scal-Upload-Id", "u"));
    assertThat(body(complete))
        .isEqualTo(
            "[{\"PartNumber\":[1],\"ETag\":[\"\\\"e\\\"\"]},"
                + "{\"PartNumber\":[2],\"ETag\":[\"f\"],\"NumberSubParts\":[3]}]");
    assertThat(JsonTexts.ofParts(parts.subList(0, 1), true)).contains("\"Size\":[9]");
  }

  @Test
  void tagging_names_the_source_and_leaves_out_a_version_that_is_not_known() {
    Call tag = BackendRoutes.putTagging(OBJECT, AWS, "", Map.of("a", "b"));
    assertThat(tag).hasToString("POST /_/backbeat/multiplebackenddata/b/a/k?operation=puttagging");
    assertThat(tag.headers())
        .contains(
            entry("X-Scal-Tags", "{\"a\":\"b\"}"),
            entry("X-Scal-Source-Bucket", "b"),
            entry("X-Scal-Source-Version-Id", "v"),
            entry("X-Scal-Replication-Endpoint-Site", "aws"))
        .doesNotContainKey("X-Scal-Data-Store-Version-Id");
    assertThat(BackendRoutes.deleteTagging(OBJECT, AWS, "dv").headers())
        .contains(entry("X-Scal-Data-Store-Version-Id", "dv"));
  }

  @Test
  void a_deletion_of_data_tells_its_condition() {
    Call delete =
        Routes.batchDelete(
            "b",
            "k",
            List.of(new DataLocation("d", "aws", 7, "dv"), new DataLocation("e", "aws", -1, "")),
            new DeleteCondition(
                Optional.of(Instant.parse("2026-11-03T01:02:03.456Z")), "aws", Map.of("t", "x")));
    assertThat(delete).hasToString("POST /_/backbeat/batchdelete/b/k");
    assertThat(delete.headers())
        .contains(
            entry("If-Unmodified-Since", "Tue, 03 Nov 2026 01:02:03 GMT"),
            entry("X-Scal-Storage-Class", "aws"),
            entry("X-Scal-Tags", "{\"t\":\"x\"}"));
    assertThat(body(delete))
        .isEqualTo(
            "{\"Locations\":[{\"key\":\"d\",\"dataStoreName\":\"aws\",\"size\":7,"
                + "\"dataStoreVersionId\":\"dv\"},{\"key\":\"e\",\"dataStoreName\":\"aws\"}]}");
  }

  @Test
  void a_listing_has_the_marker_of_its_kind() {
    LifecycleListing listing =
        new LifecycleListing(
            "b",
            Kind.NONCURRENT,
            "p",
            Optional.of(Instant.parse("2026-11-03T00:00:00Z")),
            "cold",
            10,
            new Marker("k", "v"));
    assertThat(LifecycleCalls.list(listing))
        .hasToString(
            "GET /_/backbeat/lifecycle/b?list-type=noncurrent&before-date=2026-11-03T00%3A00%3A00Z"
                + "&excluded-data-store-name=cold&prefix=p&max-keys=10&key-marker=k"
                + "&version-id-marker=v");
    assertThat(LifecycleCalls.list(LifecycleListing.of("b", Kind.ORPHAN)))
        .hasToString("GET /_/backbeat/lifecycle/b?list-type=orphan&max-keys=1000");
    assertThat(LifecycleCalls.expire(OBJECT))
        .hasToString("DELETE /_/backbeat/expiration/b/a/k?versionId=v");
  }

  @Test
  void indexes_tell_their_order_in_numbers() {
    assertThat(
            JsonTexts.ofIndexes(
                List.of(new Index("i", List.of(new Key("a.b", true), new Key("_id", false))))))
        .isEqualTo(
            "[{\"name\":\"i\",\"keys\":[{\"key\":\"a.b\",\"order\":1},{\"key\":\"_id\",\"order\":-1}]}]");
  }
}
