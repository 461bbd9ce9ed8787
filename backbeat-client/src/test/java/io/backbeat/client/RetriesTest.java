package io.backbeat.client;

import static io.backbeat.client.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RetriesTest {
  private static final String OK = "{\"description\":\"\",\"throughput\":\"1.50\"}";
  private static final String BUSY =
      "{\"code\":503,\"description\":\"stopping\",\"ServiceUnavailable\":true}";
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ObjectVersion OBJECT = ObjectVersion.unversioned("b", "k");
  private static final RetryOptions TWICE =
      new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(9));

  private final StubServer server = new StubServer();
  private final FakeTiming timing = new FakeTiming();
  private final BackbeatClient client = BackbeatClient.builder(server.uri()).build(timing);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void answer_that_may_pass_is_asked_for_again_whoever_gave_it(int status) {
    server.then(status, "<html>gateway</html>").then(200, OK);

    assertThat(client.metrics().bytesPerSecond(PARIS, OBJECT)).isEqualTo(1.5);
    assertThat(timing.pauses).containsExactly(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @CsvSource({"400, InvalidQueryParameter", "403, AccessDenied", "404, RouteNotFound", "501, x"})
  void answer_that_stays_the_same_is_not_asked_for_again(int status, String name) {
    server.then(status, "{\"" + name + "\":true}");

    assertFails(ErrorCode.ofWireName(name).orElse(ErrorCode.INTERNAL_ERROR), this::ask);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void pauses_double_until_attempts_are_used_up_and_the_error_tells_their_number() {
    server.then(503, BUSY).then(503, BUSY).then(503, BUSY).then(503, BUSY).then(200, OK);

    assertFails(ErrorCode.NOT_RUNNING, this::ask)
        .withMessageContaining(
            "GET " + server.uri() + "/_/backbeat/api/metrics/crr/paris/throughput")
        .withMessageContaining("503 ServiceUnavailable: stopping (4 attempts in 1400 ms)");
    assertThat(timing.pauses)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void one_call_has_one_request_id_through_all_attempts() {
    server.then(503, BUSY).then(200, OK).then(200, OK);

    ask();
    ask();

    assertThat(server.asked()).extracting(a -> a.header("X-scal-request-uids")).hasSize(3);
    assertThat(server.asked().get(0).header("X-scal-request-uids"))
        .matches("[0-9a-f]{20}")
        .isEqualTo(server.asked().get(1).header("X-scal-request-uids"))
        .isNotEqualTo(server.asked().get(2).header("X-scal-request-uids"));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "'Sun, 22 Nov 2026 12:00:09 GMT', 9", "0, 0.2", "soon, 0.2"})
  void server_decides_how_long_the_pause_is_at_least(String retryAfter, double seconds) {
    server.then(503, BUSY, "Retry-After", retryAfter).then(200, OK);

    ask();

    assertThat(timing.pauses).containsExactly(Duration.ofMillis((long) (seconds * 1000)));
  }

  @Test
  void pause_beyond_the_total_time_is_not_waited_for() {
    server.then(503, BUSY, "Retry-After", "121").then(200, OK);

    assertFails(ErrorCode.NOT_RUNNING, this::ask);
    assertThat(timing.pauses).isEmpty();
  }

  @Test
  void pausing_resuming_scheduling_and_cancelling_are_repeated() {
    var locations = client.locations();
    String paused = "{\"paris\":{\"target\":\"PAUSED\",\"observed\":\"PAUSED\",\"revision\":2}}";
    for (int i = 0; i < 4; i++) {
      server.then(500, "{\"InternalError\":true}").then(200, paused);
    }

    locations.pause(ServiceName.REPLICATION, PARIS);
    locations.resume(ServiceName.REPLICATION, PARIS);
    locations.resumeAt(ServiceName.REPLICATION, PARIS, FakeTiming.NOW);
    locations.cancelResume(ServiceName.REPLICATION, PARIS);

    assertThat(server.asked()).hasSize(8);
  }

  @Test
  void retry_of_failed_operations_is_repeated_when_it_was_refused_only() {
    List<RetryRequest> requests = List.of(RetryRequest.of(OBJECT, PARIS));
    server.then(503, BUSY).then(200, "[]");
    assertThat(client.failed().retry(requests)).isEmpty();

    server.then(500, "{\"InternalError\":true}");
    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.failed().retry(requests));
    server.then(502, "<html>");
    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.failed().retry(requests));

    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void refused_connection_means_that_nothing_runs_there() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    BackbeatClient alone = BackbeatClient.builder(nobody).retries(TWICE).build(timing);

    assertFails(ErrorCode.NOT_RUNNING, alone::health)
        .withMessageContaining("cannot connect")
        .withMessageContaining("2 attempts");
  }

  @Test
  void connection_that_breaks_is_tried_again_and_then_told() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread breaker = new Thread(() -> breakAll(socket, connections));
      breaker.start();
      URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      BackbeatClient unlucky = BackbeatClient.builder(uri).retries(TWICE).build(timing);

      assertFails(ErrorCode.INTERNAL_ERROR, unlucky::monitoring).withMessageContaining("no answer");
      assertThat(connections).hasValueGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void body_that_breaks_off_is_asked_for_again() {
    server
        .then(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              throw new IOException("broken on purpose");
            })
        .then(reply(200, OK));

    assertThat(client.metrics().bytesPerSecond(PARIS, OBJECT)).isEqualTo(1.5);
  }

  private void ask() {
    client.metrics().bytesPerSecond(PARIS, OBJECT);
  }

  static org.assertj.core.api.ThrowableAssertAlternative<BackbeatException> assertFails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Until the socket is closed. */
  private static void breakAll(ServerSocket socket, AtomicInteger connections) {
    try {
      while (true) {
        try (Socket connection = socket.accept()) {
          connections.incrementAndGet();
          // Not before the request is on its way: that would be a refusal.
          connection.getInputStream().read();
          connection.setSoLinger(true, 0);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
