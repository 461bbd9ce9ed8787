package io.backbeat.server.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.HealthReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeServerTest {
  private volatile HealthReport health = report(State.OK);
  private volatile String meters = "s3_replication_backlog 0\n";
  private final Readiness readiness = new Readiness(() -> health);
  private final ProbeServer probes = ProbeServer.start("127.0.0.1", 0, readiness, () -> meters);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    probes.close();
  }

  @Test
  void alive_from_the_first_moment_and_ready_only_between_start_and_stop() throws Exception {
    assertThat(get("/_/live").body()).isEqualTo("OK");
    assertThat(get("/_/ready").statusCode()).isEqualTo(500);
    assertThat(get("/_/ready").body())
        .isEqualTo("[{\"component\":\"server\",\"status\":\"NOT_READY\",\"detail\":\"starting\"}]");

    readiness.started();
    assertThat(get("/_/ready").statusCode()).isEqualTo(200);
    assertThat(get("/_/ready").body()).isEqualTo("OK");
    assertThat(get("/_/health/readiness").body()).isEqualTo("OK");

    readiness.stopping();
    assertThat(get("/_/ready").body()).contains("stopping");
    assertThat(get("/_/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_failing_component_is_not_ready_and_a_degraded_one_is() throws Exception {
    readiness.started();

    health = report(State.DEGRADED);
    assertThat(get("/_/ready").statusCode()).isEqualTo(200);

    health = report(State.FAILING);
    assertThat(get("/_/ready").statusCode()).isEqualTo(500);
    assertThat(get("/_/ready").headers().firstValue("Content-Type")).contains("application/json");
    assertThat(get("/_/ready").body())
        .isEqualTo(
            "[{\"component\":\"store\",\"status\":\"NOT_READY\",\"detail\":\"disk \\\"a\\\" full\"}]");
  }

  @Test
  void metrics_are_prometheus_text() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).isEqualTo(meters);
    assertThat(get("/_/monitoring/metrics").body()).isEqualTo(meters);
    meters = "";
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/_/live/", "/_/live?x=1", "/_/healthcheck", "//_/live"})
  void every_other_target_is_an_invalid_uri(String target) throws Exception {
    HttpResponse<String> answer = get(target);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"errorType\":\"InvalidURI\",\"errorMessage\":\"");
  }

  @Test
  void only_get_is_allowed() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/_/live")).POST(BodyPublishers.ofString("x")).build();

    HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).startsWith("{\"errorType\":\"MethodNotAllowed\"");
  }

  @Test
  void clients_that_stop_in_the_middle_of_a_request_hold_up_nobody() throws Exception {
    readiness.started();
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        stalled.add(send("GET /_/li"));
        stalled.add(send("GET /_/live HTTP/1.1\r\nHost: a\r\n"));
        stalled.add(send("POST /_/live HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"));
      }

      assertThat(get("/_/live").statusCode()).isEqualTo(200);
      assertThat(get("/_/ready").statusCode()).isEqualTo(200);
      assertThat(get("/metrics").body()).isEqualTo(meters);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void the_oldest_connection_gives_way_when_there_are_too_many() throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i <= ConnectionCap.MAX; i++) {
        held.add(send("GET /_/li"));
      }

      held.get(0).setSoTimeout(5_000);
      assertThat(held.get(0).getInputStream().read()).isEqualTo(-1);
      assertThat(get("/_/live").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void a_port_that_is_taken_is_named() {
    int port = probes.uri().getPort();

    assertThatThrownBy(() -> ProbeServer.start("127.0.0.1", port, readiness, () -> meters))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", probes.uri().getPort());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpResponse<String> get(String target) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(target)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private URI uri(String target) {
    return URI.create(probes.uri() + target);
  }

  private static HealthReport report(State state) {
    return new HealthReport(
        List.of(
            new ComponentHealth("store", state, "disk \"a\" full"),
            new ComponentHealth("populator", State.OK, "")));
  }
}
