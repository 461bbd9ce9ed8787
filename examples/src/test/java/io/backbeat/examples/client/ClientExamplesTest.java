package io.backbeat.examples.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClientExamplesTest {
  private static final LocationName PARIS = LocationName.of("paris");

  @TempDir Path temp;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(screen, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(stdout);
  }

  @Test
  void operator_repairs_what_failed() throws Exception {
    Path photos = Files.createDirectories(temp.resolve("photos"));
    Files.writeString(photos.resolve("lake"), "dawn");
    var seen = ConcurrentHashMap.<ObjectVersion>newKeySet();
    try (Stores stores = EmbeddedStore.open(temp.resolve("state"));
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(PARIS)
                .replication(
                    (job, context) ->
                        seen.add(job.object())
                            ? new TaskOutcome.Rejected("Full", "no space left")
                            : TaskOutcome.Replicated.WITHOUT_VERSION)
                .config(
                    EngineConfig.DEFAULT.withRetry(
                        new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
                .build();
        DirectoryWatcher watcher =
            new DirectoryWatcher(
                WatchedDirectory.of(photos, "photos", LocationName.of("home"), List.of(PARIS)),
                stores.journal(),
                Clock.systemUTC());
        BackbeatServer server =
            BackbeatServer.start(engine.operations(), ServerOptions.DEFAULT.withPort(0))) {
      engine.start();
      watcher.start(Duration.ofMillis(50));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !engine.operations().failed().list(PARIS, 0, 1).operations().isEmpty());

      OperatorRound.main(new String[] {server.uri().toString(), "paris"});
      OperatorRound.main(new String[] {server.uri().toString(), "nowhere"});
    }

    assertThat(screen.toString(UTF_8))
        .contains("health OK")
        .contains("paris is PAUSED until Optional[")
        .contains("paris is RUNNING again")
        .contains("photos/lake")
        .contains("failed: no space left")
        .contains("at paris: FAILED", "kept by FAILED")
        .contains("1 of 1 queued again")
        .containsPattern("retry-[0-9a-f]+ is DONE: \\d")
        .containsPattern("paris is [A-Z_]+, \\d+ pending")
        .contains("paris: RUNNING, ")
        .contains("there is no location nowhere");
  }

  @Test
  void request_through_cloudserver_is_signed() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    HttpServer cloudServer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloudServer.createContext(
        "/",
        exchange -> {
          exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.get(0)));
          byte[] body = "{\"paris\":\"enabled\"}".getBytes(UTF_8);
          byte[] schedules = "{\"paris\":\"none\"}".getBytes(UTF_8);
          boolean status = exchange.getRequestURI().getPath().endsWith("/status");
          exchange.sendResponseHeaders(200, status ? body.length : schedules.length);
          exchange.getResponseBody().write(status ? body : schedules);
          exchange.close();
        });
    cloudServer.start();
    try {
      String uri = "http://127.0.0.1:" + cloudServer.getAddress().getPort();
      ThroughCloudServer.main(new String[] {uri, "AKIDEXAMPLE", "secret"});
    } finally {
      cloudServer.stop(0);
    }

    assertThat(screen.toString(UTF_8)).contains("paris RUNNING");
    assertThat(seen.get("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/us-east-1/s3/aws4_request, SignedHeaders=")
        .contains("host;x-amz-")
        .contains("Signature=");
    assertThat(seen).containsKey("X-amz-date");
  }
}
