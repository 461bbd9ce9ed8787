package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsMessageTest {
  private static final LocationName AWS = LocationName.of("aws-location");

  @Test
  void message_about_a_location_is_read_and_written_as_the_original_does() {
    String json =
        "{\"timestamp\":1509416671977,\"ops\":5,\"bytes\":195,\"extension\":\"crr\","
            + "\"type\":\"queued\",\"site\":\"aws-location\"}";
    MetricsMessage message =
        new MetricsMessage(
            1509416671977L,
            5,
            195,
            ServiceName.REPLICATION,
            MetricsType.QUEUED,
            AWS,
            Optional.empty());

    assertThat(parse(json)).contains(message);
    assertThat(message.toJson()).asString(UTF_8).isEqualTo(json);
  }

  @Test
  void message_about_an_object_is_read_and_written_as_the_original_does() {
    String json =
        "{\"timestamp\":1509416671977,\"bytes\":195,\"extension\":\"crr\",\"type\":\"completed\","
            + "\"site\":\"aws-location\",\"bucketName\":\"b\",\"objectKey\":\"k:é\","
            + "\"versionId\":\"39\"}";
    MetricsMessage message =
        new MetricsMessage(
            1509416671977L,
            0,
            195,
            ServiceName.REPLICATION,
            MetricsType.COMPLETED,
            AWS,
            Optional.of(new ObjectVersion("b", "k:é", "39")));

    assertThat(parse(json)).contains(message);
    assertThat(message.toJson()).asString(UTF_8).isEqualTo(json);
  }

  @Test
  void object_without_version_id_is_an_object_all_the_same() {
    assertThat(
            parse(
                "{\"timestamp\":1,\"bytes\":7,\"extension\":\"crr\",\"type\":\"queued\","
                    + "\"site\":\"s\",\"bucketName\":\"b\",\"objectKey\":\"k\"}"))
        .get()
        .extracting(MetricsMessage::object)
        .isEqualTo(Optional.of(ObjectVersion.unversioned("b", "k")));
  }

  @Test
  void absent_bytes_count_nothing_for_a_location_and_one_for_an_object() {
    assertThat(parse("{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"s\",\"ops\":1}"))
        .get()
        .extracting(MetricsMessage::bytes, MetricsMessage::timestamp)
        .containsExactly(0L, 42L);
    assertThat(
            parse(
                "{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"s\",\"bucketName\":\"b\","
                    + "\"objectKey\":\"k\",\"versionId\":\"v\"}"))
        .get()
        .extracting(MetricsMessage::bytes)
        .isEqualTo(1L);
  }

  @Test
  void null_as_javascript_writes_what_is_not_a_number_counts_nothing() {
    assertThat(
            parse(
                "{\"timestamp\":1,\"ops\":null,\"bytes\":12.0,\"extension\":\"crr\","
                    + "\"type\":\"failed\",\"site\":\"s\"}"))
        .get()
        .extracting(MetricsMessage::ops, MetricsMessage::bytes)
        .containsExactly(0L, 12L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"extension\":\"ingestion\",\"type\":\"queued\",\"site\":\"s\"}",
        "{\"extension\":\"crr\",\"type\":\"processed\",\"site\":\"s\"}",
        "{\"canary\":true}",
        "{}"
      })
  void messages_for_others_are_skipped(String json) {
    assertThat(parse(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{\"extension\":\"crr\",\"type\":\"queued\"",
        "{\"extension\":\"crr\",\"type\":\"queued\"}",
        "{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"a,b\"}",
        "{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"s\",\"ops\":\"many\"}",
        "{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"s\",\"ops\":99999999999999999999}",
        "{\"extension\":\"crr\",\"type\":\"queued\",\"site\":\"s\"} trailing"
      })
  void what_nobody_can_read_is_refused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<MetricsMessage> parse(String json) {
    return MetricsMessage.parse(json.getBytes(UTF_8), ServiceName.REPLICATION, 42);
  }
}
