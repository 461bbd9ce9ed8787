package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The double in a process of its own, on the class path of this one, and what can be asked of it
 * from here. It ends with this one, too. Thread-safe.
 */
public final class StandInProcess implements AutoCloseable {
  private final Process process;
  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();

  private StandInProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param options as {@link StandInMain} describes them
   */
  public static StandInProcess start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(StandInMain.class.getName());
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // Not closed: what the process would still log would end it.
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("port=")) {
        return new StandInProcess(
            process, URI.create("http://127.0.0.1:" + line.substring("port=".length())));
      }
    }
    process.destroyForcibly();
    throw new IOException("it ended before it listened: " + command);
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  /** Switches a fault on; gives its id. */
  public long inject(Fault fault) throws IOException {
    return ask("POST", "/faults", fault.json().toString()).path("id").asLong();
  }

  /** Switches one fault off. */
  public void remove(long fault) throws IOException {
    ask("DELETE", "/faults/" + fault, "");
  }

  /** Switches all faults off. */
  public void clearFaults() throws IOException {
    ask("DELETE", "/faults", "");
  }

  /** How often a route was asked for. */
  public long count(Route route) throws IOException {
    return ask("GET", "/requests", "").path(route.name()).path("count").asLong();
  }

  /** The objects and the open uploads of a cloud, as {@code GET /_/standin/clouds/<name>} says. */
  public JsonNode cloud(String location) throws IOException {
    return ask("GET", "/clouds/" + location, "");
  }

  /** The object of a bucket and key in a cloud; a missing node if there is none. */
  public JsonNode object(String location, String bucket, String key) throws IOException {
    JsonNode objects = cloud(location).path("objects");
    for (JsonNode object : objects) {
      if (object.path("key").asText().equals(Cloud.keyOf(bucket, key))) {
        return object;
      }
    }
    return objects.path(-1);
  }

  /** The keys of data that neither metadata nor an upload refers to. */
  public List<String> orphans() throws IOException {
    List<String> keys = new ArrayList<>();
    ask("GET", "/orphans", "").forEach(key -> keys.add(key.asText()));
    return keys;
  }

  /** Nobody listens for so long. */
  public void downFor(Duration time) throws IOException {
    ask("POST", "/down", "{\"ms\":" + time.toMillis() + '}');
  }

  private JsonNode ask(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + Routing.CONTROL + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(method + ' ' + path + " was answered by " + answer.body());
      }
      return JsonText.tryAny(answer.body()).orElseThrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }
}
