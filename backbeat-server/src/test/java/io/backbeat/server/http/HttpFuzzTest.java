package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random requests against a real engine on each kind of stores: no 5xx but a 503 that says when to
 * come back, no connection left without an answer or a close, no growth. {@code
 * -Dbackbeat.fuzz.requests=} and {@code -Dbackbeat.fuzz.seed=} make it longer and repeat it.
 */
class HttpFuzzTest {
  private static final int REQUESTS = Integer.getInteger("backbeat.fuzz.requests", 2_000);
  private static final long SEED = Long.getLong("backbeat.fuzz.seed", 20_261_122L);
  private static final int CLIENTS = 8;
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final long MOST_GROWTH_BYTES = 32L * 1024 * 1024;
  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n");
  private static final Pattern NEXT = Pattern.compile("HTTP/1\\.1 \\d{3} ");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)\r\n");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Stores stores;
  private BackbeatEngine engine;
  private BackbeatServer server;

  private void start(boolean embedded) {
    stores = embedded ? EmbeddedStore.open(directory) : new InMemoryStores();
    engine =
        BackbeatEngine.builder(stores)
            .locations(LocationName.of("paris"), LocationName.of("tokyo"))
            .replication((job, context) -> copy(job))
            .config(
                EngineConfig.DEFAULT.withRetry(
                    new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
            .meters(PrometheusMeters.create())
            .build();
    engine.start();
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris", "tokyo").put()));
    server =
        BackbeatServer.start(
            engine.operations(),
            ServerOptions.DEFAULT
                .withPort(0)
                .withBodyLimitBytes(100_000)
                .withLimits(
                    HttpLimits.DEFAULT.withTimeouts(
                        Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200))));
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close(Duration.ofSeconds(5));
    stores.close();
  }

  @ParameterizedTest(name = "embedded: {0}")
  @ValueSource(booleans = {false, true})
  void every_request_is_answered_or_refused_and_leaves_nothing_behind(boolean embedded)
      throws Exception {
    start(embedded);
    run(SEED - 1, REQUESTS / 10);
    await().until(() -> server.connections() == 0);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long heap = usedHeap();

    run(SEED, REQUESTS);

    await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() == 0);
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 10);
    assertThat(usedHeap() - heap).isLessThan(MOST_GROWTH_BYTES);
    assertThat(
            Wire.exchange(
                server.uri().getPort(),
                "GET /_/crr/status HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  private void run(long seed, int requests) throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        long clientSeed = seed * CLIENTS + client;
        running.add(clients.submit(() -> client(clientSeed, requests / CLIENTS)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void client(long seed, int requests) {
    HttpGrammar grammar = new HttpGrammar(seed);
    for (int i = 0; i < requests; i++) {
      String request = grammar.next();
      String shown = "seed " + seed + " request " + i + ": " + AccessLog.escape(request) + "\n -> ";
      long start = System.nanoTime();
      try (Wire wire = new Wire(server.uri().getPort())) {
        check(request, wire.sendUntilClosed(request).rest(), shown);
      } catch (java.net.SocketException e) {
        // Reset, because it kept on sending behind its last answer.
      } catch (IOException e) {
        throw new AssertionError(shown + e, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(shown).isLessThan(LONGEST);
    }
  }

  private static void check(String request, String answers, String shown) throws IOException {
    String rest = answers;
    while (!rest.isEmpty()) {
      Matcher head = HEAD.matcher(rest);
      assertThat(head.lookingAt()).as(shown + rest).isTrue();
      int status = Integer.parseInt(head.group(1));
      boolean comeBack = status == 503 && head.group().contains("Retry-After: ");
      assertThat(status < 500 || comeBack).as(shown + rest).isTrue();
      rest = rest.substring(head.end());
      if (status == 100) {
        continue;
      }
      Matcher length = LENGTH.matcher(head.group());
      assertThat(length.find()).as(shown + head.group()).isTrue();
      assertThat(head.group()).as(shown).contains("x-amz-request-id: ");
      if (request.contains("HEAD")) {
        return;
      }
      // Lengths are in bytes, texts in characters; a body ends where the next answer begins.
      Matcher next = NEXT.matcher(rest);
      String body = next.find() ? rest.substring(0, next.start()) : rest;
      if (head.group().contains("application/json")) {
        JSON.readTree(body);
      }
      rest = rest.substring(body.length());
    }
  }

  private static TaskOutcome copy(Job job) {
    return job.location().value().equals("tokyo")
        ? new TaskOutcome.Rejected("Broken", "tokyo is broken")
        : TaskOutcome.Replicated.WITHOUT_VERSION;
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
