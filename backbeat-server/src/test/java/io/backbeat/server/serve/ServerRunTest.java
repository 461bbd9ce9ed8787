package io.backbeat.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(120)
class ServerRunTest {
  private static final String WORKFLOWS =
      """
      {"version": 1, "workflows": {"replication": {
        "photos": [{"workflowId": "a", "enabled": true, "source": {"bucketName": "photos"},
                    "destination": {"locations": [{"name": "paris"}]}}],
        "films": [{"workflowId": "b", "enabled": true, "source": {"bucketName": "films"},
                   "destination": {"locations": [{"name": "paris"}]}}]}}}
      """;

  @TempDir Path temp;

  @Test
  void workflows_are_written_to_the_object_server_that_is_configured() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer objects =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    objects.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          assertThat(exchange.getRequestHeaders().getFirst("Authorization")).contains("service/");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    objects.start();
    String workflows =
        "{\"replicationEndpoint\": \"http://127.0.0.1:%d\", \"accessKey\": \"service\", \"secretKey\": \"k\"}"
            .formatted(objects.getAddress().getPort());
    try (ServerRun server = ServerRun.start(config("\"workflows\": " + workflows))) {
      assertThat(apply(server)).isEqualTo(200);
    } finally {
      objects.stop(0);
    }

    assertThat(requests)
        .containsExactlyInAnyOrder(
            "PUT /photos?versioning",
            "PUT /photos?replication",
            "PUT /films?versioning",
            "PUT /films?replication");
  }

  @Test
  void without_an_object_server_one_warning_says_that_buckets_stay_as_they_are() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger("io.backbeat.workflow");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try (ServerRun server = ServerRun.start(config("\"drainS\": 1"))) {
      assertThat(apply(server)).isEqualTo(200);
    } finally {
      log.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("no object server is configured"))
        .singleElement()
        .asString()
        .contains("backbeat.workflows");
  }

  @Test
  void an_address_that_cannot_be_listened_on_is_named_with_its_key() throws Exception {
    ServerConfig unknown = config("\"probe\": {\"host\": \"nosuch.invalid\", \"port\": 0}");
    assertThatThrownBy(() -> ServerRun.start(unknown))
        .isInstanceOf(ServeException.class)
        .hasMessageContaining("nosuch.invalid")
        .hasMessageContaining("backbeat.probe.host")
        .hasMessageNotContaining("another program");

    ServerConfig elsewhere = config("\"api\": {\"host\": \"192.0.2.1\"}");
    assertThatThrownBy(() -> ServerRun.start(elsewhere))
        .isInstanceOf(ServeException.class)
        .hasMessageContaining("192.0.2.1:0")
        .hasMessageContaining("backbeat.api.host")
        .hasMessageNotContaining("another program");
  }

  private static int apply(ServerRun server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    server.apiUri().orElseThrow().resolve("/_/configuration/workflows"))
                .POST(BodyPublishers.ofString(WORKFLOWS))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private ServerConfig config(String own) throws Exception {
    Files.writeString(temp.resolve("config.json"), "{\"backbeat\": {" + own + "}}");
    return new ConfigLoader(temp, Map.of())
        .load(
            new CommandLineSettings(
                Optional.of(temp.resolve("config.json")),
                Optional.empty(),
                Optional.of(0),
                Optional.of(0),
                Optional.of(temp.resolve("data")),
                Optional.empty()),
            false)
        .config()
        .orElseThrow();
  }
}
