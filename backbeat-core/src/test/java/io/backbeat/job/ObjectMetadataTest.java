package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.OverallStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectMetadataTest {
  static Stream<MetadataExamples.Example> real_documents() {
    return MetadataExamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("real_documents")
  void real_document_is_read_as_it_is_written(MetadataExamples.Example example) {
    ObjectMetadata metadata = ObjectMetadata.parse(example.json());
    JsonNode tree = example.tree();
    JsonNode part = tree.path("location").path(0);
    assertThat(metadata.key()).isEqualTo(tree.path("key").asText());
    assertThat(metadata.versionId()).isEqualTo(tree.path("versionId").asText());
    assertThat(metadata.isNull()).isEqualTo(tree.path("isNull").asBoolean());
    assertThat(metadata.isDeleteMarker()).isEqualTo(tree.path("isDeleteMarker").asBoolean());
    assertThat(metadata.contentLength()).isEqualTo(tree.path("content-length").asLong());
    assertThat(metadata.contentMd5()).isEqualTo(tree.path("content-md5").asText());
    assertThat(metadata.lastModified().map(Instant::toString).orElse(""))
        .isEqualTo(tree.path("last-modified").asText());
    assertThat(metadata.dataStoreName()).isEqualTo(tree.path("dataStoreName").asText());
    assertThat(metadata.dataStoreKey()).isEqualTo(part.path("key").asText());
    assertThat(metadata.dataStoreETag()).isEqualTo(part.path("dataStoreETag").asText());
    assertThat(metadata.originOp()).isEqualTo(tree.path("originOp").asText());
    assertThat(metadata.tags().size()).isEqualTo(tree.path("tags").size());
    metadata.tags().forEach((k, v) -> assertThat(v).isEqualTo(tree.get("tags").get(k).textValue()));
    assertThat(metadata.replicationInfo().toJson())
        .isEqualTo(
            tree.has("replicationInfo")
                ? tree.get("replicationInfo").toString()
                : ReplicationInfo.NONE.toJson());
  }

  @Test
  void document_with_several_backends_and_tags_is_read() {
    ObjectMetadata metadata =
        ObjectMetadata.parse(MetadataExamples.of("object, several backends", true).json());
    assertThat(metadata.key()).isEqualTo("dir/obj with space+中");
    assertThat(metadata.tags()).containsExactly(entry("a", "b"), entry("c", "d"));
    assertThat(metadata.replicationInfo().status()).contains(OverallStatus.PENDING);
    assertThat(metadata.replicationInfo().backends()).hasSize(2);
    assertThat(metadata.encodedVersionId())
        .isEqualTo("39383230343635353533353431343939393939395247303031202032373536372e32");
  }

  @Test
  void missing_null_and_empty_members_have_their_defaults() {
    String nulls =
        """
        {"key":null,"versionId":null,"isNull":"","isDeleteMarker":null,"content-length":null,
         "content-md5":null,"last-modified":"","dataStoreName":null,"location":null,"tags":null,
         "microVersionId":null,"originOp":null,"replicationInfo":null}""";
    for (String json : new String[] {"{}", nulls}) {
      ObjectMetadata metadata = ObjectMetadata.parse(json);
      assertThat(metadata.key()).isEmpty();
      assertThat(metadata.encodedVersionId()).isEmpty();
      assertThat(metadata.isNull()).isFalse();
      assertThat(metadata.isNfs()).isFalse();
      assertThat(metadata.contentLength()).isZero();
      assertThat(metadata.lastModified()).isEmpty();
      assertThat(metadata.dataStoreKey()).isEmpty();
      assertThat(metadata.tags()).isEmpty();
      assertThat(metadata.microVersionId()).isEmpty();
      assertThat(metadata.replicationInfo()).isEqualTo(ReplicationInfo.NONE);
    }
  }

  @Test
  void version_id_of_the_null_version_is_null() {
    assertThat(
            ObjectMetadata.parse("{\"isNull\":true,\"versionId\":\"98204655533061999999RG001  \"}")
                .encodedVersionId())
        .isEqualTo("null");
    assertThat(ObjectMetadata.parse("{\"isNull\":true}").encodedVersionId()).isEqualTo("null");
  }

  @Test
  void location_in_its_old_form_is_a_key() {
    ObjectMetadata metadata = ObjectMetadata.parse("{\"location\":\"abc\"}");
    assertThat(metadata.dataStoreKey()).isEqualTo("abc");
    assertThat(metadata.dataStoreETag()).isEmpty();
  }

  @Test
  void only_the_first_part_counts() {
    ObjectMetadata metadata =
        ObjectMetadata.parse(
            "{\"location\":[{\"key\":6,\"x\":[{}],\"dataStoreETag\":\"1:a\"},{\"key\":7}]}");
    assertThat(metadata.dataStoreKey()).isEqualTo("6");
    assertThat(metadata.dataStoreETag()).isEqualTo("1:a");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:47:44.365Z, 2026-11-22T10:47:44.365Z",
    "1999-12-31T23:59:59.999Z, 1999-12-31T23:59:59.999Z",
    "2024-02-29T00:00:00.000Z, 2024-02-29T00:00:00Z",
    "2026-11-22T10:47:44Z, 2026-11-22T10:47:44Z",
    "2026-11-22T12:47:44.365+02:00, 2026-11-22T10:47:44.365Z",
    "2026-11-22T10:47:44.365123456Z, 2026-11-22T10:47:44.365123456Z"
  })
  void timestamp_is_read_in_every_form_of_iso_8601(String text, Instant expected) {
    assertThat(ObjectMetadata.parse("{\"last-modified\":\"" + text + "\"}").lastModified())
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T10:47:44.365Z",
        "2026-13-01T10:47:44.365Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T10:60:44.365Z",
        "2026-11-22T10:47:60.365Z",
        "2026-11-22 10:47:44.365Z",
        "2026-11-22T10:47:44.365",
        "yesterday"
      })
  void text_that_is_no_timestamp_is_refused(String text) {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse("{\"last-modified\":\"" + text + "\"}"))
        .withMessageContaining("last-modified must be a timestamp like")
        .withMessageContaining("was \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "\"12\", 12", "\"\", 0", "9223372036854775807, 9223372036854775807"})
  void size_is_read_as_number_or_digits(String json, long expected) {
    assertThat(ObjectMetadata.parse("{\"content-length\":" + json + "}").contentLength())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content-length\":-1}|content-length must be a whole number from 0 to 2^63-1, was -1|1|19|18",
        "{\"content-length\":1.5}|content-length must be a whole number|1|19|18",
        "{\"content-length\":9223372036854775808}|was 9223372036854775808|1|19|18",
        "{\"content-length\":\"many\"}|was \"many\"|1|19|18",
        "{\"content-length\":{}}|was an object|1|19|18",
        "{\"isNull\":1}|isNull must be true or false, was 1|1|11|10",
        "{\"key\":{}}|key must be a text, was an object|1|8|7",
        "{\"location\":[1]}|location[] must be objects, was 1|1|14|13",
        "{\"location\":{}}|location must be a text, was an object|1|13|12",
        "{\"tags\":[]}|tags must be an object, was an array|1|9|8",
        "{\"tags\":{\"a\":[]}}|tags.a must be a text, was an array|1|14|13",
        "{\"last-modified\":5}|last-modified must be a timestamp|1|18|17",
        "{\"replicationInfo\":7}|replicationInfo must be an object, was 7|1|20|19",
        "7|metadata must be a JSON object, was 7|1|1|0",
        "{}]|metadata must be one JSON object|1|3|2",
        "{\"a\":1,}|metadata must be one JSON object in UTF-8: Unexpected character ('}'|1|8|7",
        "{\"a\":tru|metadata must be one JSON object|1|6|5"
      })
  void malformed_metadata_is_refused_with_its_place(
      String json, String message, int line, int column, long byteOffset) {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse(json))
        .withMessageContaining(message)
        .withMessageContaining("(line %d, column %d, byte %d)", line, column, byteOffset)
        .satisfies(
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
              assertThat(e.byteOffset()).isEqualTo(byteOffset);
            });
  }

  @Test
  void line_is_counted() {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse("{\n\"key\": \"中\",\n \"isNull\": 3}"))
        .withMessageContaining("(line 3, column 12, byte 27)");
  }

  @Test
  void long_value_is_shown_cut() {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse("{\"isNull\":\"" + "x".repeat(1000) + "\"}"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150).contains("xxx..."));
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    byte[] json = "{\"key\":\"abc\"}".getBytes(StandardCharsets.UTF_8);
    json[8] = (byte) 0xff;
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse(json))
        .withMessageContaining("UTF-8");
  }

  @Test
  void deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse("{\"x\":" + "[".repeat(100_000)));
  }

  @Test
  void no_bytes_are_refused() {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.parse(""))
        .withMessageContaining("metadata must be a JSON object, was nothing");
  }
}
