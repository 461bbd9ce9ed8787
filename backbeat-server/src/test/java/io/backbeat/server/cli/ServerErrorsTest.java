package io.backbeat.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators are told when there is no good answer: one line, and what to try. */
class ServerErrorsTest {
  @Test
  void a_server_that_is_not_there_is_named_with_what_to_try() throws IOException {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }

    Outcome outcome = Outcome.of("health", "--url", url);

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains("cannot connect to " + url, "--url", "BACKBEAT_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | {\"code\":403,\"description\":\"no\",\"AccessDenied\":true} | 4 | allow list",
        "404 | <html>not here</html>  | 4 | is http://127.0.0.1",
        "200 | <html>hello</html>     | 3 | a Backbeat server?",
        "500 | {\"code\":500,\"description\":\"the store is down\",\"InternalError\":true} | 4 | the store is down",
        "503 | {\"code\":503,\"description\":\"stopping\",\"ServiceUnavailable\":true} | 4 | stopping"
      })
  void answers_that_are_none_are_explained(int code, String body, int status, String said)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(code, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    try {
      Outcome outcome =
          Outcome.of("status", "--url", "http://127.0.0.1:" + server.getAddress().getPort());

      assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
      assertThat(outcome.err().lines()).hasSize(1);
      assertThat(outcome.err()).startsWith("backbeat: ").contains(said);
      assertThat(outcome.out()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_server_that_does_not_answer_in_time_is_told_with_the_remedy() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          Outcome.of(
              "status", "--timeout", "200ms", "--url", "http://127.0.0.1:" + silent.getLocalPort());

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err()).contains("no answer within", "--timeout 2m");
    }
  }
}
