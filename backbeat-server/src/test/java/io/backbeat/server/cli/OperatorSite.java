package io.backbeat.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.job.Job;
import io.backbeat.log.MetadataChange;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.demo.StopSignal;
import io.backbeat.store.Stores;
import io.backbeat.task.JobContext;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A server over an engine in memory, and a command line beside it. Every object is COMPLETED at
 * paris, FAILED at tokyo, and PENDING at oslo, which is paused. The clock stands still.
 */
final class OperatorSite implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T12:02:03.250Z");
  static final LocationName TOKYO = LocationName.of("tokyo");

  final MutableClock clock = new MutableClock(NOW);
  final Map<String, String> environment = new HashMap<>();
  final List<Duration> pauses = new ArrayList<>();
  String input = "";
  boolean terminal;
  Predicate<Duration> pause = time -> false;

  private final Stores stores = new InMemoryStores();
  private final BackbeatEngine engine;
  private BackbeatServer server;

  OperatorSite(List<Metadata> objects) {
    engine =
        BackbeatEngine.builder(stores)
            .locations(LocationName.of("paris"), TOKYO, LocationName.of("oslo"))
            .locations(ServiceName.INGESTION, List.of(LocationName.of("ring")))
            .locations(ServiceName.LIFECYCLE, List.of(LocationName.of("cold")))
            .replication(OperatorSite::copy)
            .config(
                EngineConfig.DEFAULT.withRetry(
                    new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
            .clock(clock)
            .build();
    backbeat().locations().pause(ServiceName.REPLICATION, LocationName.of("oslo"));
    engine.start();
    stores.journal().append(objects.stream().map(m -> (MetadataChange) m.put()).toList());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                completed("paris") == objects.size()
                    && failures() == objects.size()
                    && pending("oslo") == objects.size()
                    && pending("tokyo") == 0
                    && backbeat().locations().list(ServiceName.REPLICATION).stream()
                        .noneMatch(s -> s.observed() == ObservedState.UNKNOWN));
    server = BackbeatServer.start(backbeat(), ServerOptions.DEFAULT.withPort(0), clock);
  }

  static Metadata object(String key) {
    return Metadata.pending("photos", key, "paris", "tokyo", "oslo").bytes(1234);
  }

  Backbeat backbeat() {
    return engine.operations();
  }

  String url() {
    return "http://127.0.0.1:" + server.uri().getPort();
  }

  /** Stops jobs from being run there, so that what is queued stays queued. */
  void freeze(LocationName location) {
    backbeat().locations().pause(ServiceName.REPLICATION, location);
    await()
        .until(
            () ->
                backbeat().locations().get(ServiceName.REPLICATION, location).observed()
                    == ObservedState.PAUSED);
  }

  long pending(String location) {
    return backbeat()
        .metrics()
        .report(ServiceName.REPLICATION, LocationName.of(location))
        .pending()
        .count();
  }

  void stopServer() {
    server.close(Duration.ZERO);
  }

  /** Runs a command against the server. */
  Outcome run(String... args) {
    environment.putIfAbsent(ConnectionOptions.URL_VARIABLE, url());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        BackbeatCommand.commandLine(
                new StopSignal(),
                new PrintWriter(out),
                new PrintWriter(err, true),
                new Surroundings(
                    environment,
                    new ByteArrayInputStream(input.getBytes(UTF_8)),
                    terminal,
                    clock,
                    time -> {
                      pauses.add(time);
                      return pause.test(time);
                    }))
            .execute(args);
    return new Outcome(status, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.close();
    engine.close(Duration.ofSeconds(5));
    stores.close();
  }

  private long completed(String location) {
    return backbeat()
        .metrics()
        .report(ServiceName.REPLICATION, LocationName.of(location))
        .completions()
        .count();
  }

  private long failures() {
    return backbeat().metrics().report(ServiceName.REPLICATION, TOKYO).failures().count();
  }

  private static TaskOutcome copy(Job job, JobContext context) {
    return job.location().equals(TOKYO)
        ? new TaskOutcome.Rejected("Full", "no space left at tokyo")
        : new TaskOutcome.Replicated("copy of " + job.object().key());
  }
}
