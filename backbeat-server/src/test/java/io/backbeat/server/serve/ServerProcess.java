package io.backbeat.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The real program, {@code backbeat serve}, in a directory of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "backbeat: ready(?: at (http://\\S+/)_/backbeat/api/)?, profile (?:embedded, data in \\S+|cluster, .+),"
              + " probes at (http://\\S+)/_/ready, after \\d+\\.\\d\\d s");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path output;
  private final Process process;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts one; it is not ready yet. */
  public static ServerProcess start(Path directory, String... options) throws IOException {
    return start(directory, Map.of(), options);
  }

  /** Starts one with variables of the environment; it is not ready yet. */
  public static ServerProcess start(
      Path directory, Map<String, String> environment, String... options) throws IOException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    // That of the program, not of the tests.
    command.add("-Dlogback.configurationFile=" + Main.class.getResource("/logback.xml"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName(), "serve"));
    command.addAll(List.of("--port", "0", "--probe-port", "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKBEAT_"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), output);
  }

  /** Some of it is relative to the directory of the build. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(System.getProperty("path.separator"), entries);
  }

  /** Waits until it says that it is ready. */
  public ServerProcess awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> READY.matcher(output()).find() || !process.isAlive());
    assertThat(output()).containsPattern(READY);
    return this;
  }

  /** Asks the REST API. */
  public HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(api(path)).build(), BodyHandlers.ofString());
  }

  /** Asks the REST API. */
  public HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(api(path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  /** Asks the probes. */
  public HttpResponse<String> probe(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(ready().group(2) + path)).build(),
        BodyHandlers.ofString());
  }

  /** SIGTERM; the status it ends with. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Waits for its end; the status it ends with. */
  public int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("still running: %s", output()).isTrue();
    return process.exitValue();
  }

  /** What it has printed. */
  public String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** SIGKILL, and the wait for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  /** Where its REST API is. */
  public URI api() {
    return URI.create(ready().group(1));
  }

  private URI api(String path) {
    return URI.create(ready().group(1) + path);
  }

  private Matcher ready() {
    Matcher matcher = READY.matcher(output());
    assertThat(matcher.find()).isTrue();
    return matcher;
  }
}
