package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ChunkedBodyTest extends RestTest {
  private static final String HEAD =
      "POST /_/crr/pause/paris HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String NEXT = "GET /_/crr/status HTTP/1.1\r\nHost: h\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\n{}\r\n0\r\n\r\n",
        "0002\r\n{}\r\n000\r\n\r\n",
        "2;a=b\r\n{}\r\n0;c;d=\"e\"\r\n\r\n",
        "2 ;a\r\n{}\r\n0\r\n\r\n",
        "1\r\n{\r\n1\r\n}\r\n0\r\nTrailer: x\r\nOther:\r\n\r\n"
      })
  void well_formed_body_leaves_the_connection_to_the_next_request(String body) throws IOException {
    try (Wire wire = wire().send(HEAD + body + NEXT)) {
      assertThat(wire.answer()).startsWith("HTTP/1.1 200 ");
      assertThat(wire.answer()).startsWith("HTTP/1.1 200 ");
    }
    try (Wire wire = wire()) {
      for (char c : (HEAD + body).toCharArray()) {
        wire.send(String.valueOf(c));
      }
      assertThat(wire.answer()).startsWith("HTTP/1.1 200 ");
      assertThat(wire.send(NEXT).answer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\n{}X0\r\n\r\n",
        "2\r\n{}\n0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        ";a\r\n{}\r\n0\r\n\r\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\r\nno header\r\n\r\n",
        "2\r\n{}\r\n0\r\n\rX",
        "1000000000000002\r\n{}\r\n0\r\n\r\n"
      })
  void doubtful_framing_is_a_400_and_ends_the_connection(String body) throws IOException {
    try (Wire wire = wire().send(HEAD + body + NEXT)) {
      assertThat(wire.rest())
          .startsWith("HTTP/1.1 400 ")
          .contains("\r\nConnection: close\r\n")
          .endsWith("\"BadRequest\":true}");
    }
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void endless_extension_is_a_400() throws IOException {
    try (Wire wire = wire().sendUntilClosed(HEAD + "2;" + "a".repeat(20_000))) {
      assertThat(wire.answer()).startsWith("HTTP/1.1 400 ");
    }
  }

  private Wire wire() throws IOException {
    return new Wire(server.uri().getPort());
  }
}
