package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class BodyLimitTest extends RestTest {
  private static final String AT_LIMIT = "[" + " ".repeat(998) + "]";

  @Override
  ServerOptions options() {
    return super.options().withBodyLimitBytes(1000);
  }

  @Test
  void body_at_the_limit_is_read() {
    assertThat(post("/_/crr/failed", AT_LIMIT).body()).contains("non-empty array");
  }

  @Test
  void announced_body_over_the_limit_is_refused() {
    refused(post("/_/crr/failed", AT_LIMIT + " "));
  }

  @Test
  void chunked_body_over_the_limit_is_refused() {
    byte[] body = (AT_LIMIT + " ").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    refused(
        send(
            HttpRequest.newBuilder(uri("/_/crr/failed"))
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body)))));
  }

  @Test
  void much_too_large_body_does_not_harm_the_next_request() {
    refused(post("/_/crr/failed", " ".repeat(200_000)));

    assertThat(get("/_/healthcheck").statusCode()).isEqualTo(200);
  }

  @Test
  void refusal_of_another_verb_does_not_speak_of_post() {
    HttpResponse<String> response = send("DELETE", "/_/crr/resume/all/schedule", AT_LIMIT + " ");

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .contains("\"The body of your request must have at most 1000 bytes\"");
  }

  private static void refused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":413,\"description\":\"The body of your POST request must have at most 1000"
                + " bytes\",\"RequestEntityTooLarge\":true}");
  }
}
