package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One member of a document is changed, the rest stays to the letter. */
class MetadataEditTest {
  static Stream<MetadataExamples.Example> real_documents() {
    return MetadataExamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("real_documents")
  void stamped_document_differs_in_its_revision_alone(MetadataExamples.Example example) {
    String stamped = ObjectMetadata.stamp(example.json(), "r1");
    String again = ObjectMetadata.stamp(stamped, "r\"2");

    assertThat(stamped)
        .isEqualTo(
            example.json().substring(0, example.json().length() - 1)
                + ",\"microVersionId\":\"r1\"}");
    assertThat(again).isEqualTo(stamped.replace("\"r1\"", "\"r\\\"2\""));
    assertThat(ObjectMetadata.parse(again).revision()).isEqualTo("r\"2");
  }

  @ParameterizedTest
  @MethodSource("real_documents")
  void replication_info_is_put_in_place(MetadataExamples.Example example) {
    ReplicationInfo info =
        ObjectMetadata.parse(example.json())
            .replicationInfo()
            .toCompleted(LocationName.of("aws-backend-1"));
    String changed = ObjectMetadata.withReplicationInfo(example.json(), info);

    assertThat(ObjectMetadata.parse(changed).replicationInfo()).isEqualTo(info);
    JsonNode expected = ((ObjectNode) example.tree()).set("replicationInfo", tree(info));
    assertThat(changed).isEqualTo(expected.toString());
  }

  @Test
  void origin_of_a_write_is_put_in() {
    assertThat(ObjectMetadata.withOriginOp("{\"originOp\":\"a\",\"b\":1}", "s3:X"))
        .isEqualTo("{\"originOp\":\"s3:X\",\"b\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{\"microVersionId\":\"r\"}",
        "` { } `|` {\"microVersionId\":\"r\" } `",
        "{\"a\":1}|{\"a\":1,\"microVersionId\":\"r\"}",
        "{\"a\" : -1.5e3 }|{\"a\" : -1.5e3,\"microVersionId\":\"r\" }",
        "{\"microVersionId\":null}|{\"microVersionId\":\"r\"}",
        "{\"microVersionId\" : 12 , \"a\":{}}|{\"microVersionId\" : \"r\" , \"a\":{}}",
        "{\"x\":{\"microVersionId\":\"in\"}}|{\"x\":{\"microVersionId\":\"in\"},\"microVersionId\":\"r\"}",
        "{\"x\":[{\"]}\":\"}\\\"]\\\\\"}],\"microVersionId\":[1]}|{\"x\":[{\"]}\":\"}\\\"]\\\\\"}],\"microVersionId\":\"r\"}",
        "{\"a\\\"b\":\"中😀\",\"microVersionId\":true}|{\"a\\\"b\":\"中😀\",\"microVersionId\":\"r\"}",
        "{\"microVersionId\":\"1\",\"microVersionId\":\"2\"}|{\"microVersionId\":\"1\",\"microVersionId\":\"r\"}"
      })
  void form_of_the_rest_is_kept(String json, String expected) {
    String stamped =
        ObjectMetadata.stamp(json.replace("[1]", "\"1\"").replace("true", "\"t\""), "r");
    assertThat(stamped).isEqualTo(expected);
    assertThat(ObjectMetadata.parse(stamped).microVersionId()).isEqualTo("r");
  }

  @Test
  void line_breaks_and_tabs_are_kept() {
    assertThat(ObjectMetadata.stamp("{\r\n\t\"a\": 1\r\n}\n", "r"))
        .isEqualTo("{\r\n\t\"a\": 1,\"microVersionId\":\"r\"\r\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{\"a\":\"b}", "{\"a\":1}}", "x", "{\"content-length\":-1}"})
  void malformed_document_is_not_changed_but_refused(String json) {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.stamp(json, "r"));
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ObjectMetadata.withReplicationInfo(json, ReplicationInfo.NONE));
  }

  private static JsonNode tree(ReplicationInfo info) {
    return MetadataExamples.tree(info.toJson());
  }
}
