package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.BucketIndexes.Index;
import io.backbeat.cloudserver.BucketIndexes.Key;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.LifecycleListing.Marker;
import io.backbeat.cloudserver.LifecycleListing.Page;
import io.backbeat.cloudserver.LifecycleListing.Tag;
import io.backbeat.cloudserver.UploadedPart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void metadata_is_a_text_inside_the_answer() {
    assertThat(Answers.metadata(bytes("{\"Body\":\"{\\\"a\\\":1}\"}"))).isEqualTo("{\"a\":1}");
    assertThatThrownBy(() -> Answers.metadata(bytes("{}"))).hasMessageContaining("Body");
  }

  @Test
  void stored_data_is_the_first_of_the_list() {
    assertThat(
            Answers.data(
                bytes(
                    "[{\"key\":\"k\",\"dataStoreName\":\"l\",\"cryptoScheme\":1,\"cipheredDataKey\":\"c\"}]"),
                Map.of("x-amz-server-side-encryption", "AES256")))
        .isEqualTo(
            new DataReceipt("k", "l", "1", "c", Map.of("x-amz-server-side-encryption", "AES256")));
    assertThat(Answers.data(bytes("[{\"key\":\"k\",\"dataStoreName\":\"l\"}]"), Map.of()))
        .isEqualTo(new DataReceipt("k", "l", "", "", Map.of()));
    assertThatThrownBy(() -> Answers.data(bytes("[]"), Map.of())).hasMessageContaining("key");
  }

  @Test
  void a_cloud_says_version_and_location_or_neither() {
    assertThat(
            Answers.backend(
                bytes("{\"versionId\":\"v\",\"location\":[{\"key\":\"k\",\"size\":1}]}")))
        .isEqualTo(new BackendReceipt("v", "[{\"key\":\"k\",\"size\":1}]"));
    assertThat(Answers.backend(bytes("{}"))).isEqualTo(new BackendReceipt("", "[]"));
    assertThat(Answers.versionId(bytes("{\"versionId\":null}"))).isEmpty();
  }

  @Test
  void a_part_keeps_its_etag_to_the_letter() {
    assertThat(
            Answers.part(
                bytes("{\"partNumber\":2,\"ETag\":\"\\\"e\\\"\",\"numberSubParts\":3}"), 2, 9))
        .isEqualTo(new UploadedPart(2, "\"e\"", 3, 9));
    assertThat(Answers.part(bytes("{\"ETag\":\"e\"}"), 1, 9))
        .isEqualTo(new UploadedPart(1, "e", 0, 9));
  }

  @Test
  void replication_has_roles_and_rules_of_both_versions() {
    BucketReplication replication =
        Answers.replication(
            bytes(
                "<?xml version=\"1.0\"?><ReplicationConfiguration xmlns=\"http://s3\">"
                    + "<Rule><ID>1</ID><Prefix>a/</Prefix><Status>Enabled</Status></Rule>"
                    + "<Rule><Filter><And><Prefix>b&amp;</Prefix></And></Filter><Status>Disabled</Status></Rule>"
                    + "<Rule><Filter><Prefix>c</Prefix></Filter><Status>Enabled</Status></Rule>"
                    + "<Role>arn:1,arn:2</Role></ReplicationConfiguration>"));
    assertThat(replication.roles()).containsExactly("arn:1", "arn:2");
    assertThat(replication.rules())
        .containsExactly(
            new BucketReplication.Rule("a/", true),
            new BucketReplication.Rule("b&", false),
            new BucketReplication.Rule("c", true));
  }

  @Test
  void a_document_type_is_not_read() {
    assertThatThrownBy(
            () ->
                Answers.replication(
                    bytes("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><r>&e;</r>")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versioning_is_enabled_or_not() {
    assertThat(
            Answers.versioned(
                bytes(
                    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")))
        .isTrue();
    assertThat(Answers.versioned(bytes("<VersioningConfiguration/>"))).isFalse();
  }

  @Test
  void dates_come_in_two_forms() {
    Instant date = Instant.parse("2026-11-03T01:02:03Z");
    assertThat(Answers.lastModified(bytes("{\"lastModified\":\"2026-11-03T01:02:03.000Z\"}")))
        .contains(date);
    assertThat(Answers.lastModified(bytes("{\"lastModified\":\"Tue, 03 Nov 2026 01:02:03 GMT\"}")))
        .contains(date);
    assertThat(Answers.lastModified(bytes("{}"))).isEmpty();
  }

  @Test
  void a_page_of_a_listing_tells_where_the_next_one_begins() {
    Page page =
        LifecycleCalls.page(
            bytes(
                """
                {"Name":"b","IsTruncated":true,"NextKeyMarker":"k","NextVersionIdMarker":"v",
                 "Contents":[{"Key":"k","LastModified":"2026-11-03T01:02:03.000Z","ETag":"\\"e\\"","Size":5,
                  "Owner":{"ID":"o","DisplayName":"d"},"StorageClass":"STANDARD","DataStoreName":"l",
                  "TagSet":[{"Key":"a","Value":"b"}],"IsLatest":false,"ListType":"noncurrent","VersionId":"v",
                  "staleDate":"2026-11-04T00:00:00.000Z"}]}
                """));
    assertThat(page.next()).contains(new Marker("k", "v"));
    assertThat(page.entries()).hasSize(1);
    assertThat(page.entries().get(0).etag()).isEqualTo("e");
    assertThat(page.entries().get(0).ownerId()).isEqualTo("o");
    assertThat(page.entries().get(0).tags()).containsExactly(new Tag("a", "b"));
    assertThat(page.entries().get(0).staleDate()).contains(Instant.parse("2026-11-04T00:00:00Z"));
    assertThat(LifecycleCalls.page(bytes("{\"IsTruncated\":true,\"NextMarker\":\"m\"}")).next())
        .contains(new Marker("m", ""));
    assertThat(LifecycleCalls.page(bytes("{\"IsTruncated\":false,\"Contents\":[]}")).next())
        .isEmpty();
    assertThatThrownBy(() -> LifecycleCalls.page(bytes("{\"IsTruncated\":true}")))
        .hasMessageContaining("no marker");
  }

  @Test
  void indexes_are_read_as_they_are_written() {
    List<Index> indexes = List.of(new Index("i", List.of(new Key("a", true), new Key("b", false))));
    assertThat(Answers.indexes(bytes("{\"Indexes\":" + JsonTexts.ofIndexes(indexes) + "}")))
        .isEqualTo(indexes);
  }
}
