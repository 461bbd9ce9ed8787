package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.HealthReport;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerLifeTest extends RestTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void uri_has_the_real_port() {
    assertThat(server.uri().toString()).matches("http://127\\.0\\.0\\.1:[1-9]\\d*/");
  }

  @Test
  void taken_port_is_named_in_the_error() {
    int port = server.uri().getPort();

    assertThatThrownBy(() -> BackbeatServer.start(backbeat, ServerOptions.DEFAULT.withPort(port)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
  }

  @Test
  void closed_server_refuses_connections_and_closes_again_without_harm() {
    assertThat(get("/_/healthcheck").statusCode()).isEqualTo(200);
    server.close();
    server.close();

    assertThatThrownBy(() -> get("/_/healthcheck")).hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void request_being_served_is_finished_within_the_grace() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = slowRequest();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(20)));

    assertThat(closing).isNotDone();
    release.countDown();

    assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closing.get(20, TimeUnit.SECONDS);
  }

  @Test
  void request_that_outlasts_the_grace_is_cut_off() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = slowRequest();

    server.close(Duration.ofMillis(1));

    assertThat(answer).failsWithin(Duration.ofSeconds(20));
    release.countDown();
  }

  private CompletableFuture<HttpResponse<String>> slowRequest() throws InterruptedException {
    backbeat.health =
        () -> {
          entered.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new HealthReport(List.of());
        };
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> get("/_/healthcheck"));
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    return answer;
  }
}
