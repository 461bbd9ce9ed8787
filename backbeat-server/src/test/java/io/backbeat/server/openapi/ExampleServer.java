package io.backbeat.server.openapi;

import static org.awaitility.Awaitility.await;

import io.backbeat.api.BulkTask;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Transition;
import io.backbeat.bulk.SweepPolicy;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.job.Job;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.task.JobContext;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bundled server in the state that the examples speak of: two versions copied to paris, one of
 * them refused by tokyo, which is paused until 2030; a location of ingestion and a paused one of
 * lifecycle.
 */
final class ExampleServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final LocationName RING = LocationName.of("ring");
  private static final LocationName ARCHIVE = LocationName.of("archive");
  private static final int BYTES = 100;
  private static final Instant RESUME = Instant.parse("2030-01-01T00:00:00Z");

  private final EmbeddedStore store;
  private final BackbeatEngine engine;
  private final BackbeatServer server;

  ExampleServer(Path directory) {
    store = EmbeddedStore.open(directory);
    engine =
        BackbeatEngine.builder(store)
            .locations(PARIS, TOKYO)
            .locations(ServiceName.INGESTION, List.of(RING))
            .locations(ServiceName.LIFECYCLE, List.of(ARCHIVE))
            .replication(ExampleServer::copy)
            .history(HistoryOptions.OFF) // which is written a moment later, sooner or later
            .meters(PrometheusMeters.create())
            .config(
                EngineConfig.DEFAULT
                    .withRetry(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0))
                    .withSweep(SweepPolicy.DEFAULT.firstAfter(Duration.ZERO)))
            .build();
    engine.start();
    prepare();
    server = BackbeatServer.start(engine.operations(), ServerOptions.DEFAULT.withPort(0));
  }

  private void prepare() {
    Metadata trip =
        Metadata.pending("photos", "2026/trip.jpg", "paris", "tokyo").bytes(BYTES).version(1);
    Metadata cat =
        Metadata.pending("photos", "2026/cat.jpg", "paris", "tokyo").bytes(BYTES).version(2);
    store.journal().append(List.of(trip.put(), cat.put()));
    await()
        .until(
            () -> {
              var report = engine.operations().metrics().reportAll(ServiceName.REPLICATION);
              return report.completions().count() == 3 && report.failures().count() == 1;
            });
    Transition refused =
        new Transition(
            RESUME.minus(Duration.ofDays(1)),
            Transition.Event.FAILED,
            1,
            Optional.empty(),
            "AccessDenied",
            "the bucket does not let us write");
    store
        .transitions()
        .append(Map.of(HistoryKey.of(trip.object(), TOKYO), List.of(refused)), Retention.DEFAULT);
    await().until(() -> engine.operations().bulk().list().stream().allMatch(BulkTask::ended));
    var locations = engine.operations().locations();
    locations.pause(ServiceName.REPLICATION, TOKYO);
    locations.resumeAt(ServiceName.REPLICATION, TOKYO, RESUME);
    locations.pause(ServiceName.LIFECYCLE, ARCHIVE);
    locations.resumeAt(ServiceName.LIFECYCLE, ARCHIVE, RESUME);
  }

  private static TaskOutcome copy(Job job, JobContext context) {
    boolean refused = job.location().equals(TOKYO) && job.object().key().equals("2026/trip.jpg");
    if (refused) {
      return new TaskOutcome.Rejected("Broken", "tokyo refuses the object");
    }
    context.transferStarted();
    context.bytesTransferred(BYTES);
    return new TaskOutcome.Replicated("aJdO148N3LjN00000000001I4j3QKItW");
  }

  /** The answer to a request, whose target stands behind one of the prefixes. */
  HttpResponse<String> send(String prefix, Example example) {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve(prefix + example.target()))
            .timeout(PATIENCE)
            .method(
                example.verb(),
                example.content().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(example.content()))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    engine.close(Duration.ofSeconds(5));
    store.close();
  }
}
