package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.cli.BackbeatCommand;
import io.backbeat.server.demo.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./backbeat demo} serves: every documented route, by hand and through the client. */
class DemoAnswersTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final String KEY = "sub/b c.txt";
  private static final ObjectVersion OBJECT = ObjectVersion.unversioned("demo", KEY);
  private static final Pattern BASE = Pattern.compile("REST API +(http://[^/]+)/_/backbeat/api/");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static final StopSignal STOP = new StopSignal();
  private static final StringWriter SAID = new StringWriter();
  private static CompletableFuture<Integer> demo;
  private static String base;
  private static BackbeatClient client;

  private final Described described = Described.committed();

  @BeforeAll
  static void start() throws IOException {
    Path source = Files.createDirectories(directory.resolve("source/sub"));
    Files.writeString(source.resolve("b c.txt"), "hello");
    PrintWriter out = new PrintWriter(SAID, true);
    demo =
        CompletableFuture.supplyAsync(
            () ->
                BackbeatCommand.commandLine(STOP, out, out)
                    .execute(
                        "demo",
                        "--source=" + directory.resolve("source"),
                        "--to=paris=" + directory.resolve("paris"),
                        "--to=tokyo=" + directory.resolve("tokyo"),
                        "--data-dir=" + directory.resolve("data"),
                        "--port=0"),
            // The common pool may have one thread only, which the demo would keep from the client.
            task -> new Thread(task, "demo").start());
    await().atMost(SOON).until(() -> SAID.toString().contains("copied this run"));
    Matcher where = BASE.matcher(SAID.toString());
    assertThat(where.find()).as(SAID.toString()).isTrue();
    base = where.group(1);
    client = BackbeatClient.create(URI.create(base));
    await()
        .atMost(SOON)
        .until(
            () ->
                client.metrics().report(ServiceName.REPLICATION, PARIS).completions().count() > 0);
  }

  @AfterAll
  static void stop() throws Exception {
    STOP.request();
    assertThat(demo.get(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void every_documented_route_answers_as_documented() throws Exception {
    int asked = 0;
    for (Described.Operation operation : described.operations()) {
      for (String target : targets(operation)) {
        HttpResponse<String> response = send(operation, target);

        assertThat(response.statusCode()).as("%s %s", operation, response.body()).isEqualTo(200);
        assertThat(operation.violations(200, response.body())).as("%s", operation).isEmpty();
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(40);
  }

  @Test
  void client_gives_the_numbers_that_the_route_shows() throws Exception {
    MetricsReport report = client.metrics().report(ServiceName.REPLICATION, PARIS);
    JsonNode shown = get("metrics/crr/paris");
    ObjectProgress progress = client.metrics().progress(PARIS, OBJECT);
    JsonNode shownProgress = get("metrics/crr/paris/progress/demo/sub/b%20c.txt?unversioned=true");

    assertThat(report.completions().count())
        .isEqualTo(1)
        .isEqualTo(shown.at("/completions/results/count").asLong());
    assertThat(report.completions().size())
        .isEqualTo(5)
        .isEqualTo(shown.at("/completions/results/size").asLong());
    assertThat(report.pending().count()).isEqualTo(shown.at("/pending/results/count").asLong());
    assertThat(report.throughput().operationsPerSecond())
        .isEqualTo(shown.at("/throughput/results/count").asDouble());
    assertThat(progress.completed())
        .isEqualTo(5)
        .isEqualTo(shownProgress.path("completed").asLong());
    assertThat(client.metrics().bytesPerSecond(PARIS, OBJECT)).isNotNegative();
    assertThat(client.metrics().reportAll(ServiceName.INGESTION).completions().count()).isZero();
  }

  @Test
  void client_sees_and_changes_the_state_of_a_location() throws Exception {
    LocationStatus paused = client.locations().pause(ServiceName.LIFECYCLE, PARIS);

    assertThat(paused.target()).isEqualTo(TargetState.PAUSED);
    assertThat(get("lifecycle/status/paris").path("paris").asText()).isEqualTo("disabled");
    assertThat(client.locations().resume(ServiceName.LIFECYCLE, PARIS).target())
        .isEqualTo(TargetState.RUNNING);
    assertThat(get("lifecycle/status/paris").path("paris").asText()).isEqualTo("enabled");
  }

  @Test
  void client_sees_objects_failures_and_health() {
    assertThat(client.objects().status(OBJECT))
        .hasValueSatisfying(s -> assertThat(s.overall()).isEqualTo(OverallStatus.COMPLETED));
    assertThat(client.failed().find(OBJECT)).isEmpty();
    assertThat(client.failed().list(PARIS, 0, 10).operations()).isEmpty();
    assertThat(client.failed().retry(List.of(RetryRequest.of(OBJECT, PARIS)))).isEmpty();
    assertThat(client.health().overall()).isEqualTo(ComponentHealth.State.OK);
    assertThat(client.deepHealth().ok()).isTrue();
    assertThat(client.monitoring()).contains("s3_backbeat_queue_");
  }

  /** The path with values of the demo, once for each word that a parameter may be. */
  private static List<String> targets(Described.Operation operation) {
    List<String> targets =
        List.of(
            operation
                .path
                .replace("{location}", "paris")
                .replace("{bucket}", "demo")
                .replace("{key}", "sub/b%20c.txt"));
    for (JsonNode parameter : operation.parameters()) {
      List<String> each = new ArrayList<>();
      String name = "{" + parameter.path("name").asText() + "}";
      for (String target : targets) {
        if (target.contains(name)) {
          Yaml.elements(parameter.path("schema").path("enum"))
              .forEach(word -> each.add(target.replace(name, word.asText())));
        } else {
          each.add(target);
        }
      }
      targets = each;
    }
    return targets.stream().map(t -> t.contains("/demo") ? t + "?unversioned=true" : t).toList();
  }

  private static HttpResponse<String> send(Described.Operation operation, String target)
      throws IOException, InterruptedException {
    String body =
        !operation.verb.equals("POST")
            ? ""
            : target.endsWith("/failed")
                ? "[{\"Bucket\":\"demo\",\"Key\":\"" + KEY + "\",\"StorageClass\":\"paris\"}]"
                : "{}";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base + "/_/backbeat/api" + target))
                .method(
                    operation.verb,
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(String target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/_/backbeat/api/" + target)).build();
    return JSON.readTree(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
