package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Clients that ask again as soon as they are answered, until they are told to stop. */
@Timeout(30)
class GracefulStopTest {
  private static final int CLIENTS = 12;
  private static final int WARM = 20;
  private static final String REQUEST = "GET /_/crr/status HTTP/1.1\r\nHost: h\r\n\r\n";

  private final CountDownLatch warm = new CountDownLatch(CLIENTS);

  @RepeatedTest(5)
  void busy_clients_are_all_answered_and_none_is_reset() throws Exception {
    BackbeatServer server =
        BackbeatServer.start(new FakeBackbeat(), ServerOptions.DEFAULT.withPort(0));
    int port = server.uri().getPort();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<String>> last = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        last.add(CompletableFuture.supplyAsync(() -> lastAnswer(port), threads));
      }
      assertThat(warm.await(20, TimeUnit.SECONDS)).isTrue();

      server.close(Duration.ofSeconds(5));

      for (CompletableFuture<String> answer : last) {
        assertThat(answer.get(10, TimeUnit.SECONDS))
            .matches("(?s)HTTP/1.1 (200|503) .*\r\nConnection: close\r\n.*[}]");
      }
    } finally {
      server.close();
      threads.shutdownNow();
    }
  }

  /** What ended the work of one client. */
  private String lastAnswer(int port) {
    try (Wire wire = new Wire(port)) {
      for (int served = 1; ; served++) {
        String answer = wire.send(REQUEST).answer();
        if (served == WARM) {
          warm.countDown();
        }
        if (answer.isEmpty() || answer.contains("\r\nConnection: close\r\n")) {
          return answer;
        }
      }
    } catch (IOException e) {
      return e.toString();
    }
  }
}
