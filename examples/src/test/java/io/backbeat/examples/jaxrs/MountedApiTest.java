package io.backbeat.examples.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ServerProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as it is with Jersey 4.0, and a second time by the build with the jars of Jersey 3.1. */
class MountedApiTest {
  private static final Pattern SERVING = Pattern.compile("Serving (\\S+);");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final java.io.ByteArrayOutputStream screen = new java.io.ByteArrayOutputStream();
  private final InputStream stdin = System.in;
  private final PrintStream stdout = System.out;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private CompletableFuture<Void> program = CompletableFuture.completedFuture(null);
  private String base = "";

  @BeforeEach
  void start() throws IOException {
    Files.writeString(Files.createDirectories(temp.resolve("photos")).resolve("lake"), "dawn");
    System.setIn(new PipedInputStream(keyboard));
    System.setOut(new PrintStream(screen, true, StandardCharsets.UTF_8));
    program = CompletableFuture.runAsync(this::main);
    base = await().atMost(SOON).until(this::serving, address -> !address.isEmpty());
  }

  @AfterEach
  void stop() throws Exception {
    try {
      keyboard.write('\n');
      keyboard.flush();
      program.get(30, TimeUnit.SECONDS);
    } finally {
      System.setIn(stdin);
      System.setOut(stdout);
    }
  }

  @Test
  void runs_on_the_jersey_that_the_build_says() {
    String expected = System.getProperty("backbeat.jersey", "4.");

    assertThat(org.glassfish.jersey.internal.Version.getVersion()).startsWith(expected);
    assertThat(ServerProperties.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains("jersey-server-" + expected);
  }

  @Test
  void host_and_backbeat_answer_side_by_side() throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get("_/backbeat/api/metrics/crr/paris/completions").body())
                    .startsWith("{\"completions\":{\"description\":")
                    .endsWith("\"results\":{\"count\":1,\"size\":4}}}"));

    assertThat(temp.resolve("backup/lake")).hasContent("dawn");
    assertThat(get("photos/lake").body()).isEqualTo("The lake at dawn");
    assertThat(get("_/crr/status").body()).isEqualTo("{\"paris\":\"enabled\"}");
    assertThat(get("_/backbeat/api/healthcheck").statusCode()).isEqualTo(200);
  }

  @Test
  void pause_through_the_mounted_api_is_obeyed() throws Exception {
    assertThat(send("POST", "_/backbeat/api/crr/pause/paris", "").body()).isEqualTo("{}");

    assertThat(get("_/crr/status/paris").body()).isEqualTo("{\"paris\":\"disabled\"}");
  }

  @Test
  void errors_of_each_keep_their_form() throws Exception {
    HttpResponse<String> ours = get("_/backbeat/api/crr/status/rome");
    HttpResponse<String> theirs = get("photos/sea");
    HttpResponse<String> wrongVerb = send("DELETE", "_/crr/status", "");
    HttpResponse<String> badBody = send("POST", "_/crr/failed", "{");

    assertThat(ours.statusCode()).isEqualTo(404);
    assertThat(ours.body()).startsWith("{\"code\":404,").endsWith("\"RouteNotFound\":true}");
    assertThat(theirs.statusCode()).isEqualTo(404);
    assertThat(theirs.body()).doesNotContain("RouteNotFound");
    assertThat(wrongVerb.statusCode()).isEqualTo(405);
    assertThat(wrongVerb.headers().firstValue("Allow")).contains("GET");
    assertThat(badBody.statusCode()).isEqualTo(400);
    assertThat(badBody.body()).endsWith("\"MalformedPOSTRequest\":true}");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base.replaceAll("/*$", "/") + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String serving() {
    if (program.isCompletedExceptionally()) {
      program.join();
    }
    Matcher line = SERVING.matcher(screen.toString(StandardCharsets.UTF_8));
    return line.find() ? line.group(1) : "";
  }

  private void main() {
    try {
      MountedApi.main(
          new String[] {
            temp.resolve("photos").toString(),
            temp.resolve("backup").toString(),
            temp.resolve("state").toString(),
            "0"
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
