package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no body can save, from clients that never send all of it. */
@Timeout(9)
class RequestBeforeBodyTest extends RestTest {
  @ParameterizedTest
  @CsvSource({
    "POST /_/nope, 404",
    "POST /_/backbeat/api/nope?a=b, 404",
    "POST /elsewhere, 404",
    "DELETE /, 404",
    "PUT /_/crr/failed, 405",
    "OPTIONS /elsewhere, 405"
  })
  void request_line_is_refused_before_the_body(String line, int status) throws IOException {
    for (String length : new String[] {"Content-Length: 40", "Transfer-Encoding: chunked"}) {
      try (Wire wire = wire().send(line + " HTTP/1.1\r\nHost: h\r\n" + length + "\r\n\r\n1\r\n[")) {
        assertThat(wire.answer())
            .startsWith("HTTP/1.1 " + status)
            .contains("\r\nConnection: close\r\n");
      }
    }
  }

  @Test
  void body_of_a_target_with_backslashes_is_waited_for() throws IOException {
    String body = "[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"paris\"}]";
    String head =
        "POST /_/backbeat/api\\crr\\failed HTTP/1.1\r\nHost: h\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    try (Wire wire = wire().send(head)) {
      assertThat(wire.send(body).answer())
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain("Connection: close");
    }
  }

  @Test
  void every_400_ends_the_connection_and_a_404_does_not() throws IOException {
    try (Wire wire = wire()) {
      assertThat(wire.send("GET /_/nope HTTP/1.1\r\nHost: h\r\n\r\n").answer())
          .startsWith("HTTP/1.1 404 ")
          .doesNotContain("Connection: close");
      assertThat(wire.send("GET /_/crr/failed?limit=x HTTP/1.1\r\nHost: h\r\n\r\n").rest())
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close");
    }
  }

  @Test
  void nobody_is_asked_for_a_body_that_cannot_be_served() throws IOException {
    String head = " HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\nExpect: 100-continue\r\n\r\n";
    try (Wire wire = wire().send("POST /_/nope" + head)) {
      assertThat(wire.line()).startsWith("HTTP/1.1 404 ");
    }
    try (Wire wire = wire().send("POST /_/crr/failed" + head)) {
      assertThat(wire.line()).startsWith("HTTP/1.1 100 ");
    }
  }

  @Test
  void strangers_are_turned_away_before_the_body() throws IOException {
    String head = "POST /_/crr/failed HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\n";
    try (Strangers strangers = new Strangers(backbeat, RestOptions.DEFAULT)) {
      try (Wire wire = new Wire(strangers.port()).send(head + "\r\n[")) {
        assertThat(wire.answer()).startsWith("HTTP/1.1 403 ");
      }
      try (Wire wire = new Wire(strangers.port()).send(head + "Expect: 100-continue\r\n\r\n")) {
        assertThat(wire.line()).startsWith("HTTP/1.1 403 ");
      }
    }
  }

  private Wire wire() throws IOException {
    return new Wire(server.uri().getPort());
  }
}
