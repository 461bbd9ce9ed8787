package io.backbeat.benchmarks;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.task.TaskOutcome;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Requests per second of {@code metrics/crr/all} and {@code crr/status} of an engine on the
 * embedded store, as shares of those of a resource that answers a constant JSON text in the same
 * container in the same process. The load comes from {@code wrk}, which has to be installed, one
 * target after the other in turns. Arguments: rounds, seconds of each, seconds of warm-up of each.
 */
public final class RestRates {
  private static final List<LocationName> LOCATIONS =
      List.of(
          LocationName.of("paris"),
          LocationName.of("tokyo"),
          LocationName.of("lima"),
          LocationName.of("oslo"));
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern TAIL = Pattern.compile("99%\\s+(\\S+)");
  private static final Pattern ERRORS = Pattern.compile("(Non-2xx|Socket errors).*");

  private RestRates() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    Path directory = Files.createTempDirectory("rest-rates");
    try (EmbeddedStore stores = EmbeddedStore.open(directory);
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(LOCATIONS)
                .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
                .build()) {
      engine.start();
      count(stores.counters());
      measure(engine, rounds, seconds, warmUp);
    }
    EngineThroughput.deleteTree(directory);
  }

  /** A day of numbers for each location, so that there is something to add up. */
  private static void count(CounterStore counters) {
    Instant now = Instant.now();
    for (LocationName location : LOCATIONS) {
      for (int i = 0; i < CounterStore.INTERVALS; i++) {
        counters.add(
            Map.of(
                CounterKey.of(ServiceName.REPLICATION, location, Counter.OPS_DONE), 7L + i,
                CounterKey.of(ServiceName.REPLICATION, location, Counter.BYTES_DONE), 7_000L + i),
            now.minusSeconds((long) i * CounterStore.INTERVAL_SECONDS));
      }
    }
  }

  private static void measure(BackbeatEngine engine, int rounds, int seconds, int warmUp)
      throws IOException, InterruptedException {
    ServerOptions options = ServerOptions.DEFAULT.withPort(0);
    HttpServer bare = bare();
    try (BackbeatServer server = BackbeatServer.start(engine.operations(), options)) {
      URI constant =
          URI.create(
              "http://127.0.0.1:" + bare.getListeners().iterator().next().getPort() + "/constant");
      URI metrics = server.uri().resolve("/_/backbeat/api/metrics/crr/all");
      URI status = server.uri().resolve("/_/backbeat/api/crr/status");
      List<URI> targets = List.of(constant, metrics, status);
      for (URI target : targets) {
        wrk(target, warmUp);
      }
      List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < targets.size(); i++) {
          rates.get(i).add(wrk(targets.get(i), seconds));
        }
      }
      for (int i = 0; i < targets.size(); i++) {
        System.out.printf(
            Locale.ROOT,
            "%-36s median %,8.0f requests/s = %3.0f %% of constant%n",
            targets.get(i).getPath(),
            median(rates.get(i)),
            100 * median(rates.get(i)) / median(rates.get(0)));
      }
    } finally {
      bare.shutdownNow();
    }
  }

  /** The container with nothing of ours: one Jersey resource that answers a constant. */
  private static HttpServer bare() {
    return GrizzlyHttpServerFactory.createHttpServer(
        URI.create("http://127.0.0.1:0/"),
        new ResourceConfig(Constant.class)
            .property("jersey.config.disableAutoDiscovery", true)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true),
        true);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double wrk(URI target, int seconds) throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk", "-t1", "-c32", "-d" + seconds + "s", "--latency", target.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!wrk.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)) {
      wrk.destroyForcibly();
    }
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || ERRORS.matcher(output).find()) {
      throw new IllegalStateException("wrk on " + target + " failed: " + output);
    }
    Matcher tail = TAIL.matcher(output);
    System.out.printf(
        Locale.ROOT,
        "%-36s %,8.0f requests/s, p99 %s%n",
        target.getPath(),
        Double.parseDouble(rate.group(1)),
        tail.find() ? tail.group(1) : "?");
    return Double.parseDouble(rate.group(1));
  }

  /** Answers a text as long as that of {@code metrics/crr/all}. */
  @jakarta.ws.rs.Path("constant")
  public static final class Constant {
    private static final String BODY = "{\"constant\":\"" + "x".repeat(800) + "\"}";

    /** The constant. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String constant() {
      return BODY;
    }
  }
}
