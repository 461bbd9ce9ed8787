package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that answers errors as the latest generation of the original does. */
class ErrorFormTest extends RestTest {
  @Override
  ServerOptions options() {
    return super.options()
        .withErrorForm(ErrorForm.ONE_KEY)
        .withBodyLimitBytes(10)
        .withLimits(
            HttpLimits.DEFAULT.withTimeouts(
                Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMillis(100)));
  }

  @Test
  void every_error_has_its_name_alone() throws IOException {
    assertThat(get("/_/nothing").body()).isEqualTo("{\"RouteNotFound\":true}");
    assertThat(get("/elsewhere").body()).isEqualTo("{\"RouteNotFound\":true}");
    assertThat(get("/_/crr/status/nowhere").body()).isEqualTo("{\"RouteNotFound\":true}");
    assertThat(get("/_/objects/b/k").body()).isEqualTo("{\"ObjNotFound\":true}");
    assertThat(get("/_/crr/failed?marker=").body()).isEqualTo("{\"InvalidQueryParameter\":true}");
    assertThat(post("/_/crr/status", "").body()).isEqualTo("{\"MethodNotAllowed\":true}");
    assertThat(post("/_/crr/failed", "{").body()).isEqualTo("{\"MalformedPOSTRequest\":true}");
    assertThat(post("/_/crr/failed", "x".repeat(11)).body())
        .isEqualTo("{\"RequestEntityTooLarge\":true}");
    assertThat(raw("GET /_/a b")).endsWith("\r\n\r\n{\"BadRequest\":true}");
    assertThat(raw("GET http://h/")).endsWith("\r\n\r\n{\"RouteNotFound\":true}");
    assertThat(Wire.exchange(server.uri().getPort(), "GET "))
        .endsWith("\r\n\r\n{\"RequestTimeout\":true}");
    backbeat.health =
        () -> {
          throw new IllegalStateException("secret");
        };
    assertThat(get("/_/healthcheck").body()).isEqualTo("{\"InternalError\":true}");
  }
}
