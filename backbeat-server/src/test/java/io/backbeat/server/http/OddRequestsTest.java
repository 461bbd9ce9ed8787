package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are odd in the eyes of HTTP, or that the original serves in an odd way. */
class OddRequestsTest extends RestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What the vectors of the original or its users rely on.
        "GET /_/metrics/crr/all/|200",
        "GET /_/metrics/crr/all/all|200",
        "GET /_/crr/failed/b|200",
        "GET /_/crr/failed/b/k|200",
        "GET /_/crr/failed/b/k?versionId=|200",
        "GET /_/crr/failed/b/k/v|200",
        "GET /_/crr/failed?mymarker|200",
        "POST /_/crr/resume//schedule|200",
        "POST /_/crr/resume/paris/|200",
        "GET /_/crr/resume/paris/schedule|200",
        "GET /_/crr/resume/all/schedule|200",
        "DELETE /_/crr/resume/paris|200",
        "GET /_/crr/status#fragment|200",
        "GET /_/crr/status?a=1&a=2&&=&x|200",
        "GET /_\\crr\\status|404",
        "GET /_/crr\\status|200",
        "GET /_/backbeat/api\\crr/status|200",
        // What it serves although it cannot be meant.
        "GET /_/metrics/crr//failures|404",
        "POST /_/crr/failed/b/k|405",
        "POST /_/crr/failed/b/k?versionId=v|405",
        "GET /_/crr/status/paris/x/y|404",
        "DELETE /_/crr|404",
        "DELETE /_/ingestion/|404",
        "DELETE /_/lifecycle//paris|404",
        "POST /_/crr/resume/schedule|404",
        "POST /_/crr/resume/paris/foo|404",
        "POST /_/crr/pause/paris/schedule|404",
        "POST /_/crr/resume/paris/schedule/x|404",
        // The location comes before the query.
        "GET /_/crr/status/unknown?detail=x|404",
        "POST /_/crr/pause/unknown?detail=x|404",
        "POST /_/crr/resume/unknown?detail=x|404",
        "DELETE /_/crr/resume/unknown/schedule?detail=x|404",
        "GET /_/crr/status/paris?detail=x|400",
        "POST /_/crr/pause?detail=x|400",
        // What crashes it.
        "GET /_/metrics/constructor/all|404",
        "GET /_/metrics/toString/all/backlog|404",
        "GET /_/metrics/__proto__//backlog|404",
        "GET /_/hasOwnProperty/status|404",
        // Exact routes.
        "GET /_/healthcheck|200",
        "GET /_/backbeat/api/healthcheck|200",
        "GET /_/healthcheck?x=1|404",
        "GET /_/healthcheck?|404",
        "GET /_/healthcheck/|404",
        "GET /_/healthcheck#a|404",
        "GET /_/healthcheck;a|404",
        "GET /_/backbeat/api/healthcheck?x=1|404",
        "POST /_/healthcheck|405",
        "POST /_/healthcheck?x=1|404",
        "GET /_/monitoring/metrics?x=1|404",
        "GET /_/backbeat/api/monitoring/metrics?x=1|404",
        "POST /_/configuration/workflows?x=1|404",
        // Prefixes, verbs and forms of targets.
        "GET /_/|404",
        "GET /|404",
        "GET //|404",
        "GET /_//crr/status|404",
        "GET /_/_/crr/status|404",
        "GET /_/backbeat/api/_/crr/status|404",
        "GET http://other.host/_/crr/status|404",
        "PUT http://other.host/_/crr/status|405",
        "GET *|404",
        "OPTIONS *|405",
        "CONNECT other.host:80|405",
        "HEAD /_/crr/status|405",
        "get /_/crr/status|405",
        "PROPFIND /_/nothing|405",
        "GET /_/crr/failed/b/%|200",
        "GET /_/crr/failed/b/%00%0d%0a?versionId=%00|200",
        "GET /_/%2e%2e/%2e%2e/etc/passwd|404",
        "GET /_/../crr/status|404",
        // Lines that are not HTTP/1.1.
        "GET|400",
        "GET /_/crr/status x|400",
        "GET  /_/crr/status|400",
        "G@T /_/crr/status|400",
        "GET _/crr/status|400",
      })
  void odd_request_has_a_clear_answer(String line, int status) throws IOException {
    String answer =
        Wire.exchange(
            server.uri().getPort(),
            line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).as(line).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("\r\nx-amz-request-id: ", "application/json", "\r\nDate: ");
    if (!line.startsWith("HEAD")) {
      assertThat(answer).endsWith("}");
      assertThat(answer.contains("\"code\":" + status)).isEqualTo(status != 200);
    }
    if (status == 405) {
      assertThat(answer).contains("\r\nAllow: ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET / HTTP/1.0|Host: h|404",
        "GET / HTTP/1.0|X: y|404",
        "GET / HTTP/1.1|X: y|400",
        "GET / HTTP/1.2|Host: h|400",
        "GET / HTTP/2.0|Host: h|400",
        "PRI * HTTP/2.0|Host: h|400",
        "GET / HTTQ/1.1|Host: h|400",
        "GET /|Host: h|400",
        "GET / HTTP/1.1|Host: h~no colon|400",
        "GET / HTTP/1.1|Host: h~X Y: 1|400",
        "GET / HTTP/1.1|Host: h~X : 1|400",
        "GET / HTTP/1.1|Host: h~: 1|400",
        "GET / HTTP/1.1|Host: h~Host: i|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length: -1|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length: two|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length: 99999999999999999999|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length: 0~Content-Length: 0|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length : 5|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Content-Length: 5~Transfer-Encoding: chunked|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Transfer-Encoding: gzip, chunked|400",
        "POST /_/crr/pause HTTP/1.1|Host: h~Expect: 200-maybe|400",
      })
  void malformed_head_is_refused_in_json(String line, String headers, int status)
      throws IOException {
    String answer =
        Wire.exchange(
            server.uri().getPort(),
            line + "\r\n" + headers.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("\r\nx-amz-request-id: ", "\"code\":" + status).endsWith("}");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void unknown_location_is_told_before_the_body_is_read() {
    assertThat(post("/_/crr/resume/unknown/schedule", "{").statusCode()).isEqualTo(404);
    assertThat(post("/_/crr/resume/paris/schedule", "{").statusCode()).isEqualTo(400);
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void what_never_becomes_a_request_is_refused_at_once() throws IOException {
    for (String start : new String[] {"\u0016\u0003\u0001", "asdf\r\n\r\n", "x".repeat(40)}) {
      assertThat(Wire.exchange(server.uri().getPort(), start)).startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b:80", "", ":", "h:99999999", "\u00ff", "D h", "[::1", "a/b", "%"})
  void name_of_the_host_does_not_matter(String host) throws IOException {
    String request =
        "GET /_/crr/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";

    assertThat(Wire.exchange(server.uri().getPort(), request)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void empty_lines_before_a_request_are_skipped() throws IOException {
    String request = "\r\n\r\nGET /_/crr/status HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    assertThat(Wire.exchange(server.uri().getPort(), request)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void body_of_a_verb_without_body_is_skipped() throws IOException {
    try (Wire wire = new Wire(server.uri().getPort())) {
      for (String verb : new String[] {"GET /_/crr/status", "DELETE /_/crr/resume/paris"}) {
        wire.send(verb + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n{]}");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ");
      }
      wire.send("PUT /_/crr/status HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n{]}");
      assertThat(wire.answer()).startsWith("HTTP/1.1 405 ");
    }
  }

  @Test
  void body_is_asked_for_when_the_client_waits_to_be_asked() throws IOException {
    for (String length : new String[] {"Content-Length: 11", "Transfer-Encoding: chunked"}) {
      try (Wire wire = new Wire(server.uri().getPort())) {
        wire.send(
            "POST /_/crr/resume/paris/schedule HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\n"
                + length
                + "\r\n\r\n");
        assertThat(wire.line()).isEqualTo("HTTP/1.1 100 Continue");
        wire.send(length.startsWith("C") ? "{\"hours\":1}" : "b\r\n{\"hours\":1}\r\n0\r\n\r\n");
        assertThat(wire.line()).isEmpty();
        assertThat(wire.rest()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void requests_behind_each_other_are_answered_in_order() throws IOException {
    String answers =
        Wire.exchange(
            server.uri().getPort(),
            "GET /_/crr/status/paris HTTP/1.1\r\nHost: h\r\n\r\n"
                + "POST /_/crr/resume/all/schedule HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n"
                + "{\"hours\":1}"
                + "GET /_/crr/status/tokyo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

    assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(4);
    assertThat(answers).containsSubsequence("paris", "{}", "tokyo");
  }
}
