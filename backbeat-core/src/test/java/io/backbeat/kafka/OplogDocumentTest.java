package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.testing.Metadata;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OplogDocumentTest {
  private static final LogPosition HERE = new LogPosition("backbeat-oplog/0/7");
  private static final Instant RECORDED = Instant.parse("2026-11-22T10:00:01Z");
  private static final Metadata WRITTEN = Metadata.pending("photos", "cat", "paris").version(1);
  private static final String STAMP = "\"clusterTime\":{\"$timestamp\":{\"t\":1763805600,\"i\":3}}";

  @ParameterizedTest
  @ValueSource(strings = {"insert", "replace"})
  void a_written_document_is_a_put(String operation) {
    LogEntry entry = parse(document(operation, "\"fullDocument\":" + full(WRITTEN.json())));

    assertThat(entry.operation()).isEqualTo(LogEntry.Operation.PUT);
    assertThat(entry.bucket()).isEqualTo("photos");
    assertThat(entry.key()).isEqualTo("\u007fVcat\0id");
    assertThat(entry.position()).isEqualTo(HERE);
    assertThat(entry.timestamp()).isEqualTo(Instant.ofEpochSecond(1763805600));
    assertThat(Metadata.parse(entry.value())).isEqualTo(Metadata.parse(WRITTEN.json()));
    assertThat(ObjectMetadata.parse(entry.value()).revision())
        .isEqualTo(ObjectMetadata.parse(WRITTEN.json()).revision());
  }

  @Test
  void an_update_of_the_whole_metadata_is_a_put() {
    LogEntry entry = parse(update("{\"value\":" + WRITTEN.json() + "}"));

    assertThat(entry.operation()).isEqualTo(LogEntry.Operation.PUT);
    assertThat(Metadata.parse(entry.value())).isEqualTo(Metadata.parse(WRITTEN.json()));
  }

  @Test
  void an_update_of_parts_has_no_metadata_unless_the_document_was_looked_up() {
    String parts = "{\"value.replicationInfo.status\":\"COMPLETED\"}";

    LogEntry entry = parse(update(parts));
    assertThat(entry.operation()).isEqualTo(LogEntry.Operation.OTHER);
    assertThat(entry.value()).isEmpty();
    assertThat(entry.key()).isEqualTo("\u007fVcat\0id");

    LogEntry lookedUp =
        parse(
            document(
                "update",
                "\"fullDocument\":"
                    + full(WRITTEN.json())
                    + ",\"updateDescription\":{\"updatedFields\":"
                    + parts
                    + "}"));
    assertThat(lookedUp.operation()).isEqualTo(LogEntry.Operation.PUT);
  }

  @Test
  void metadata_marked_as_deleted_is_a_delete() {
    String deleted = WRITTEN.json().replaceFirst("\\{", "{\"deleted\":true,");

    assertThat(parse(update("{\"value\":" + deleted + "}")).operation())
        .isEqualTo(LogEntry.Operation.DELETE);
    assertThat(
            parse(
                    document(
                        "update",
                        "\"updateDescription\":{\"updatedFields\":{\"value\":"
                            + WRITTEN.json().replaceFirst("\\{", "{\"deleted\":false,")
                            + "}}"))
                .operation())
        .isEqualTo(LogEntry.Operation.PUT);
  }

  @Test
  void a_removed_document_is_a_delete_without_metadata() {
    LogEntry entry = parse(document("delete", "\"fullDocument\":null"));

    assertThat(entry.operation()).isEqualTo(LogEntry.Operation.DELETE);
    assertThat(entry.value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"operationType\":\"drop\",\"ns\":{\"db\":\"metadata\",\"coll\":\"photos\"}}",
        "{\"operationType\":\"invalidate\"}",
        "{\"operationType\":\"insert\",\"documentKey\":{\"_id\":{\"$oid\":\"5\"}}}",
        "{\"canary\":true}",
        "{}"
      })
  void anything_else_is_left_to_whom_it_may_concern(String json) {
    LogEntry entry = OplogDocument.parse(json.getBytes(UTF_8), HERE, RECORDED);

    assertThat(entry.operation()).isEqualTo(LogEntry.Operation.OTHER);
    assertThat(entry.timestamp()).isEqualTo(RECORDED);
    assertThat(entry.value()).isEmpty();
  }

  @Test
  void tag_keys_are_what_the_client_wrote() {
    String stored =
        "{\"tags\":{\"a\uff0eb\":\"1\",\"\uff04c\":\"x\uff0ey\"},\"x-amz-meta-d\uff0ee\":\"2\"}";

    assertThat(value(stored))
        .isEqualTo("{\"tags\":{\"a.b\":\"1\",\"$c\":\"x\uff0ey\"},\"x-amz-meta-d\uff0ee\":\"2\"}");
  }

  @Test
  void numbers_and_dates_are_plain() {
    String stored =
        "{\"content-length\":5.36870912E9,\"a\":{\"$numberLong\":\"9007199254740993\"},"
            + "\"b\":{\"$numberInt\":\"3\"},\"c\":{\"$numberDouble\":\"1.5\"},\"d\":1.5,"
            + "\"e\":{\"$date\":\"2026-11-22T10:00:00.000Z\"},"
            + "\"f\":{\"$date\":{\"$numberLong\":\"0\"}},\"g\":{\"$date\":0},"
            + "\"h\":{\"$unknown\":1},\"i\":[{\"size\":2.0}],\"j\":{\"$numberDouble\":\"NaN\"},"
            + "\"k\":null,\"l\":true}";

    assertThat(value(stored))
        .isEqualTo(
            "{\"content-length\":5368709120,\"a\":9007199254740993,\"b\":3,\"c\":1.5,\"d\":1.5,"
                + "\"e\":\"2026-11-22T10:00:00.000Z\",\"f\":\"1970-01-01T00:00:00Z\","
                + "\"g\":\"1970-01-01T00:00:00Z\",\"h\":{\"$unknown\":1},\"i\":[{\"size\":2}],"
                + "\"j\":null,\"k\":null,\"l\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "\"text\"",
        "{\"operationType\":",
        "{} {}",
        "{\"fullDocument\":{\"value\":{\"n\":{\"$numberLong\":\"many\"}}}}"
      })
  void what_nobody_can_read_is_refused(String json) {
    assertThatThrownBy(() -> OplogDocument.parse(json.getBytes(UTF_8), HERE, RECORDED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String value(String stored) {
    return new String(parse(document("insert", "\"fullDocument\":" + full(stored))).value(), UTF_8);
  }

  private static String full(String value) {
    return "{\"_id\":\"\\u007fVcat\\u0000id\",\"value\":" + value + "}";
  }

  private static String update(String updatedFields) {
    return document(
        "update",
        "\"updateDescription\":{\"removedFields\":[],\"updatedFields\":" + updatedFields + "}");
  }

  private static String document(String operation, String members) {
    return "{\"_id\":{\"_data\":\"82\"},\"operationType\":\""
        + operation
        + "\","
        + STAMP
        + ","
        + members
        + ",\"ns\":{\"db\":\"metadata\",\"coll\":\"photos\"},"
        + "\"documentKey\":{\"_id\":\"\\u007fVcat\\u0000id\"}}";
  }

  private static LogEntry parse(String json) {
    return OplogDocument.parse(json.getBytes(UTF_8), HERE, RECORDED);
  }
}
