package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.server.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break off, dawdle, flood or send nonsense. Two threads must do for all of them. */
class BadInputTest extends RestTest {
  private static final int THREADS = 2;
  private static final String MALFORMED = "\"MalformedPOSTRequest\":true}";

  @Override
  ServerOptions options() {
    return super.options()
        .withThreads(THREADS)
        .withLimits(
            HttpLimits.DEFAULT.withTimeouts(
                Duration.ofMillis(1500), Duration.ofMillis(300), Duration.ofMillis(500)));
  }

  @Test
  void client_that_breaks_off_in_a_body_leaves_nothing_behind() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Wire wire = wire()) {
        wire.send(head("POST /_/crr/failed", "Content-Length: 100") + "[{\"Bucket\":");
      }
      try (Wire wire = wire()) {
        wire.send(head("POST /_/crr/failed", "Transfer-Encoding: chunked") + "ff\r\n[");
      }
    }

    assertThat(get("/_/crr/status").statusCode()).isEqualTo(200);
    await().until(() -> server.connections() <= 1);
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void slow_bodies_hold_no_thread_and_end_in_a_408() throws IOException {
    List<Wire> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(wire().send(head("POST /_/crr/failed", "Content-Length: 100") + "["));
    }

    assertThat(get("/_/crr/status").statusCode()).isEqualTo(200);
    for (Wire wire : slow) {
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 408 ")
          .endsWith(
              "{\"code\":408,\"description\":\"The request did not arrive in time.\","
                  + "\"RequestTimeout\":true}");
      assertThat(wire.isClosedByServer()).isTrue();
      wire.close();
    }
  }

  @Test
  void dripping_headers_do_not_buy_time() throws IOException {
    try (Wire wire = wire()) {
      wire.send("GET /_/crr/status HTTP/1.1\r\nHost: h\r\n");
      long start = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(5))
          .until(
              () -> {
                wire.send("X: y\r\n");
                return wire.hasInput();
              });
      assertThat(wire.answer()).startsWith("HTTP/1.1 408 ");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void idle_connection_is_closed_without_a_word() throws IOException {
    try (Wire wire = wire()) {
      assertThat(wire.rest()).isEmpty();
    }
    try (Wire wire = wire()) {
      wire.send(head("GET /_/crr/status", "X: y"));
      assertThat(wire.answer()).startsWith("HTTP/1.1 200 ");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17_000, 40_000, 1_000_000, 5_000_000})
  void flood_of_a_path_or_of_headers_is_a_431(int bytes) throws IOException {
    for (String flood :
        List.of(
            "GET /_/" + "a".repeat(bytes) + " HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /_/crr/status?" + "a=b&".repeat(bytes / 4) + " HTTP/1.1\r\nHost: h\r\n\r\n",
            head("GET /_/crr/status", "X: " + "y".repeat(2 * bytes)),
            head("GET /_/crr/status", "X: y\r\n".repeat(bytes / 6) + "Z: z"))) {
      try (Wire wire = wire()) {
        assertThat(wire.sendUntilClosed(flood).answer())
            .startsWith("HTTP/1.1 431 ")
            .contains("\"RequestHeaderFieldsTooLarge\":true");
      }
    }
  }

  @Test
  void hundred_and_first_header_is_a_431_that_names_the_limit() throws IOException {
    try (Wire wire = wire()) {
      wire.send(head("GET /_/crr/status", "a: b\r\n".repeat(100) + "c: d"));
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 431 ")
          .contains("The request must have at most 100 headers.");
    }
  }

  @Test
  void announced_hundred_megabytes_are_refused_unread() throws IOException {
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", "Content-Length: 104857600"));
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 413 ")
          .contains("\r\nConnection: close", "\"RequestEntityTooLarge\":true");
    }
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", "Content-Length: 104857600\r\nExpect: 100-continue"));
      assertThat(wire.line()).startsWith("HTTP/1.1 413 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 104857600", "Transfer-Encoding: chunked"})
  void client_that_sends_a_hundred_megabytes_before_it_listens_sees_the_413(String length)
      throws IOException {
    byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", length));
      for (int i = 0; i < 100; i++) {
        wire.send(chunk);
      }
      assertThat(wire.answer()).startsWith("HTTP/1.1 413 ");
      assertThat(wire.sendUntilReset(chunk, 1600)).isTrue();
    }
    await().until(() -> server.connections() == 0);
  }

  @Test
  void route_is_checked_before_the_size_of_the_body() throws IOException {
    for (String odd : List.of("POST /_/nothing|404", "POST /_/crr/status|405", "PUT /|405")) {
      String[] parts = odd.split("\\|");
      try (Wire wire = wire()) {
        wire.send(head(parts[0], "Content-Length: 104857600"));
        assertThat(wire.answer()).startsWith("HTTP/1.1 " + parts[1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-1\r\nx", "fffffffffffffffff\r\n", "3;a=\"b\r\n", "\r\n\r\n"})
  void malformed_chunk_is_a_400_or_too_slow(String chunk) throws IOException {
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", "Transfer-Encoding: chunked") + chunk);
      assertThat(wire.answer()).containsPattern("^HTTP/1.1 40[08] ").endsWith("}");
    }
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void body_that_comes_byte_by_byte_is_put_together() throws IOException {
    String body = "[{\"Bucket\":\"b\",\"Key\":\"é\",\"StorageClass\":\"paris\"}]";
    StringBuilder chunks = new StringBuilder();
    for (byte b : body.getBytes(StandardCharsets.UTF_8)) {
      chunks.append("1\r\n").append((char) (b & 0xff)).append("\r\n");
    }
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", "Transfer-Encoding: chunked"));
      wire.send(chunks + "0\r\n\r\n");
      assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains("\"Key\":\"é\"");
    }
  }

  @Test
  void retry_of_very_many_objects_is_bounded_by_the_body_limit_alone() {
    String object = "{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"s\"},";
    String many = object.repeat(23_000);
    String array = "[" + many.substring(0, many.length() - 1) + "]";

    assertThat(post("/_/crr/failed", array).statusCode()).isEqualTo(200);
    assertThat(backbeat.calls).containsExactly("retry b/k s");
    assertThat(post("/_/crr/failed", "[" + object.repeat(100_000) + "{}]").statusCode())
        .isEqualTo(413);
    assertThat(post("/_/crr/failed", "[" + "1,".repeat(100_000) + "1]").body())
        .contains("body must be an array of objects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[null]",
        "null",
        "[[]]",
        "NaN",
        "[NaN]",
        "[1e999999999]",
        "\u0000",
        "[{\"Bucket\":\"b\"",
        "[{\"Bucket\":NaN,\"Key\":\"k\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":1e999999999,\"Key\":\"k\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":{\"a\":1},\"Key\":\"k\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":\"a\\ud8zz\",\"Key\":\"k\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":\"\\ud800\",\"Key\":\"k\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":\"b\",\"Key\":\"k\\udc00\\ud800\",\"StorageClass\":\"s\"}]",
        "[{\"Bucket\":\"b\",\"Key\":\"k\",\"VersionId\":\"\\udbff\",\"StorageClass\":\"s\"}]",
      })
  void body_without_meaning_is_a_400(String body) {
    assertThat(post("/_/crr/failed", body).body()).startsWith("{\"code\":400").endsWith(MALFORMED);
    assertThat(backbeat.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hours\":1e300}",
        "{\"hours\":1e999999999}",
        "{\"hours\":-1e999999999}",
        "{\"hours\":NaN}",
        "{\"hours\":Infinity}",
        "{\"hours\":\"1e3\"}",
        "{\"hours\":[[1]]}",
        "{\"hours\":\"\\ud800\"}",
        "{\"at\":1e999999999}",
      })
  void hours_beyond_any_calendar_are_a_400(String body) {
    assertThat(post("/_/crr/resume/all/schedule", body).body())
        .startsWith("{\"code\":400")
        .endsWith(MALFORMED);
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void number_too_long_to_be_one_is_a_400() {
    assertThat(post("/_/crr/resume/all/schedule", "{\"hours\":" + "9".repeat(100_000) + "}").body())
        .endsWith(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
  void deep_body_is_a_400(String opening) {
    for (String route : List.of("/_/crr/failed", "/_/crr/resume/all/schedule")) {
      assertThat(post(route, opening.repeat(50_000)).body()).endsWith(MALFORMED);
      assertThat(post(route, "[".repeat(200) + "]".repeat(200)).body()).endsWith(MALFORMED);
    }
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-32"})
  void body_that_is_not_utf8_is_a_400(String charset) throws IOException {
    byte[] body =
        "[{\"Bucket\":\"b\",\"Key\":\"é\",\"StorageClass\":\"paris\"}]"
            .getBytes(java.nio.charset.Charset.forName(charset));
    try (Wire wire = wire()) {
      wire.send(head("POST /_/crr/failed", "Content-Length: " + body.length)).send(body);
      assertThat(wire.answer()).startsWith("HTTP/1.1 400 ").endsWith(MALFORMED);
    }
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void of_equal_keys_the_last_one_counts() {
    post("/_/crr/resume/paris/schedule", "{\"hours\":1,\"hours\":2}");

    assertThat(backbeat.calls).containsExactly("resume at 2026-11-22T14:00:00Z crr paris");
  }

  private Wire wire() throws IOException {
    return new Wire(server.uri().getPort());
  }

  private static String head(String line, String headers) {
    return line + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n\r\n";
  }
}
