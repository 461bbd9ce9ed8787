package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.engine.BackbeatEngine;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.server.BackbeatServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real engine, since what is malformed is for it to say. */
class WorkflowsTest extends RestTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final BackbeatEngine engine = BackbeatEngine.builder(stores).build();

  @BeforeEach
  @Override
  void start() {
    server = BackbeatServer.start(engine.operations(), options(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    engine.close();
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {} ",
        "[]",
        "\"\"",
        "\"a\"",
        "{\"workflows\":{}}",
        "{\"instanceId\":\"i\",\"locations\":{},\"workflows\":{}}"
      })
  void configuration_is_answered_with_an_empty_object(String body) {
    HttpResponse<String> response = post("/_/configuration/workflows", body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":1}x", "\ufeff{}", "null"})
  void what_is_no_json_is_told(String body) {
    HttpResponse<String> response = post("/_/backbeat/api/configuration/workflows", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("{\"code\":400,\"description\":\"invalid JSON\",\"MalformedPOSTRequest\":true}");
  }

  @Test
  void body_that_is_not_utf8_is_no_json() {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/_/configuration/workflows"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'})));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_/configuration/workflows?x=1",
        "/_/configuration/workflows/",
        "/_/configuration"
      })
  void target_must_match_exactly(String path) {
    assertThat(post(path, "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT"})
  void wrong_verb_is_not_allowed(String verb) {
    assertThat(send(verb, "/_/configuration/workflows", "").statusCode()).isEqualTo(405);
  }
}
