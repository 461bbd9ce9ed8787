package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
  private static final Instant AT = Instant.parse("2024-10-01T12:00:00Z");

  record Recorded(String of, String topic, String key, String value) {}

  /** Messages that the original produced. */
  static Stream<Recorded> recorded() throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (InputStream in = EntryCodecTest.class.getResourceAsStream("recorded-messages.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
              .lines()
              .map(
                  line -> {
                    try {
                      JsonNode tree = json.readTree(line);
                      return new Recorded(
                          tree.get("of").asText(),
                          tree.get("topic").asText(),
                          tree.get("key").asText(),
                          tree.get("value").asText());
                    } catch (IOException e) {
                      throw new AssertionError(line, e);
                    }
                  })
              .toList()
              .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void a_recorded_message_is_written_again_to_the_byte(Recorded recorded) {
    Entry.ObjectEntry entry = object(recorded.value());

    assertThat(new String(EntryCodec.write(entry), UTF_8)).isEqualTo(recorded.value());
    assertThat(entry.messageKey()).isEqualTo(recorded.key());
    assertThat(entry.site()).isPresent();
    assertThat(entry.accountId()).isEmpty();
  }

  @Test
  void a_populators_entry_has_the_bytes_of_the_original() {
    Entry.ObjectEntry entry =
        entry(
            "b1", "dir/obj\u000098500086134471999999RG001  0", "{\"a\":\"x\\u001f\u2028/\u00e9\"}");

    String written = new String(EntryCodec.writeLogEntry(entry, AT), UTF_8);

    assertThat(written)
        .isEqualTo(
            "{\"type\":\"put\",\"bucket\":\"b1\",\"key\":\"dir/obj\\u000098500086134471999999RG001  0\","
                + "\"value\":\"{\\\"a\\\":\\\"x\\\\u001f\u2028/\u00e9\\\"}\","
                + "\"overheadFields\":{\"commitTimestamp\":\"2024-10-01T12:00:00.000Z\","
                + "\"opTimestamp\":\"2024-10-01T12:00:00.000Z\"}}");
    assertThat(object(written)).isEqualTo(entry);
    assertThat(entry.messageKey()).isEqualTo("b1%2Fdir%2Fobj");
  }

  @Test
  void control_characters_are_escaped_as_json_stringify_does() {
    byte[] written = EntryCodec.write(entry("b", "\b\t\n\f\r\u0001\u001f\u007f\"\\", "{}"));
    assertThat(new String(written, UTF_8))
        .contains("\"key\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\\\"\\\\\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"canary\":true}`, Canary",
        "`{\"canary\":true,\"id\":\"x\"}`, Canary",
        "`{\"bootstrapId\":\"3\"}`, Bootstrap",
        "`{\"type\":\"del\",\"bucket\":\"b\",\"key\":\"k\"}`, DeleteEntry",
        "`{\"type\":\"delete\",\"bucket\":\"b\",\"key\":\"k\"}`, DeleteEntry",
        "`{\"type\":\"put\",\"bucket\":\"users..bucket\",\"key\":\"o..|..b\",\"value\":\"{}\"}`, BucketEntry",
        "`{\"bucket\":\"b\",\"key\":\"b\",\"value\":\"{\\\"mdBucketModelVersion\\\":16}\"}`, BucketEntry",
        "`{\"bucket\":\"b\",\"key\":\"b\",\"value\":\"{\\\"attributes\\\":\\\"{}\\\"}\"}`, BucketEntry",
        "`{\"bucket\":\"b\",\"key\":\"b\",\"value\":\"{\\\"tags\\\":{\\\"attributes\\\":\\\"x\\\"}}\"}`, ObjectEntry",
        "`{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{}\",\"canary\":false}`, ObjectEntry",
        "`{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{}\",\"ignore\":true}`, Other",
        "`{\"action\":\"copyLocation\",\"target\":{}}`, Other",
        "`{\"bucket\":\"b\",\"key\":\"k\"}`, Malformed",
        "`{\"bucket\":\"b\",\"key\":\"k\",\"value\":null}`, Malformed",
        "`{\"key\":\"k\",\"value\":\"{}\"}`, Malformed",
        "`{\"bucket\":\"\",\"key\":\"k\",\"value\":\"{}\"}`, Malformed",
        "`{\"bucket\":\"b\",\"key\":\"k\",\"value\":{}}`, Malformed",
        "`{\"bucket\":\"b\",\"key\":7,\"value\":\"{}\"}`, Malformed",
        "`{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{}\"} x`, Malformed",
        "`[]`, Malformed",
        "`null`, Malformed",
        "`{\"bucket\":`, Malformed",
        "``, Malformed",
        "not json, Malformed",
      })
  void a_message_is_what_the_original_takes_it_for(String message, String kind) {
    String text = message == null ? "" : message;
    assertThat(EntryCodec.read(text.getBytes(UTF_8)).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void a_record_without_a_value_is_malformed() {
    assertThat(EntryCodec.read(null)).isInstanceOf(Entry.Malformed.class);
  }

  @Test
  void members_of_a_replay_are_kept() {
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            "b", "k", "{}", Optional.empty(), OptionalInt.of(3), Optional.of("123456789012"));
    String written = new String(EntryCodec.write(entry), UTF_8);
    assertThat(written)
        .isEqualTo(
            "{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{}\",\"ignore\":false,\"replayCount\":3,"
                + "\"accountId\":\"123456789012\"}");
    assertThat(object(written)).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "v1:é", "v", "zz"})
  void a_version_without_a_decodable_id_is_stored_under_the_bare_key(String versionId) {
    assertThat(EntryCodec.storedKey(new ObjectVersion("b", "k", versionId))).isEqualTo("k");
  }

  @Test
  void the_metadata_tells_the_version_and_the_key_where_it_is_silent() {
    String encoded = "39383530303038363133343437313939393939395247303031202030";
    String decoded = "98500086134471999999RG001  0";
    ObjectVersion version = new ObjectVersion("b", "k", encoded);
    assertThat(EntryCodec.storedKey(version)).isEqualTo("k\0" + decoded);
    assertThat(entry("b", "k\0" + decoded, "{}").object(ObjectMetadata.parse("{}")))
        .isEqualTo(version);
    String told = "{\"versionId\":\"" + decoded + "\"}";
    assertThat(entry("b", "k", told).object(ObjectMetadata.parse(told))).isEqualTo(version);
    String isNull = "{\"isNull\":true,\"versionId\":\"" + decoded + "\"}";
    assertThat(entry("b", "k\0" + decoded, isNull).object(ObjectMetadata.parse(isNull)).versionId())
        .isEqualTo("null");
  }

  @Property
  void no_bytes_make_the_reader_fail(@ForAll byte[] bytes) {
    assertThat(EntryCodec.read(bytes)).isNotNull();
  }

  private static Entry.ObjectEntry entry(String bucket, String key, String metadata) {
    return new Entry.ObjectEntry(
        bucket, key, metadata, Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  private static Entry.ObjectEntry object(String message) {
    return (Entry.ObjectEntry) EntryCodec.read(message.getBytes(UTF_8));
  }
}
