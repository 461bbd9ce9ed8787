package io.backbeat.examples.client;

import io.backbeat.api.Amount;
import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.Blocker;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.client.RetryOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A round of an operator: looks how everything is and how far a location is behind, pauses it for
 * an hour and resumes it, finds out why failures failed and retries them, and watches until nothing
 * is left to do.
 *
 * <pre>OperatorRound URI LOCATION</pre>
 *
 * <p>For example {@code OperatorRound http://localhost:8900 paris}.
 */
public final class OperatorRound {
  private static final ServiceName REPLICATION = ServiceName.REPLICATION;

  private OperatorRound() {}

  /** Makes the round. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2) {
      System.err.println("usage: OperatorRound URI LOCATION");
      return;
    }
    LocationName location = LocationName.of(args[1]);
    // begin: create
    BackbeatClient backbeat = BackbeatClient.create(URI.create(args[0]));
    System.out.println("health " + backbeat.health().overall());
    // end: create
    if (!exists(backbeat, location)) {
      return;
    }
    lag(backbeat, location);
    pauseForAnHour(backbeat, location);
    listFailed(backbeat, location);
    explain(backbeat, location);
    retrySome(backbeat, location);
    retryAll(backbeat, location);
    watch(backbeat, location);
    withoutWaiting(configured(URI.create(args[0])), location);
  }

  private static boolean exists(Backbeat backbeat, LocationName location) {
    // begin: errors
    try {
      System.out.println(backbeat.locations().get(REPLICATION, location));
      return true;
    } catch (BackbeatException e) {
      if (e.code() == ErrorCode.ROUTE_NOT_FOUND) {
        System.out.println("there is no location " + location);
        return false;
      }
      throw e; // e.retryable() tells whether the same call may succeed later
    }
    // end: errors
  }

  private static void pauseForAnHour(Backbeat backbeat, LocationName location) {
    // begin: pause
    backbeat.locations().pause(REPLICATION, location);
    LocationStatus paused =
        backbeat
            .locations()
            .resumeAt(REPLICATION, location, Instant.now().plus(Duration.ofHours(1)));
    System.out.println(location + " is " + paused.target() + " until " + paused.resumeAt());

    LocationStatus running = backbeat.locations().resume(REPLICATION, location);
    System.out.println(location + " is " + running.target() + " again");
    // end: pause
  }

  private static void listFailed(Backbeat backbeat, LocationName location) {
    // begin: failed
    for (FailedOperation failure : backbeat.failed().all(location)) {
      System.out.println(failure.object() + " failed: " + failure.message());
    }
    // end: failed
  }

  private static void retrySome(Backbeat backbeat, LocationName location) {
    // begin: retry
    try (Stream<FailedOperation> failures = backbeat.failed().stream(location)) {
      List<RetryRequest> requests =
          failures.limit(1000).map(f -> RetryRequest.of(f.object(), f.location())).toList();
      List<RetryResult> queued = backbeat.failed().retry(requests);
      System.out.println(queued.size() + " of " + requests.size() + " queued again");
    }
    // end: retry
  }

  private static void lag(Backbeat backbeat, LocationName location) {
    // begin: lag
    LagReport lag = backbeat.metrics().lag(REPLICATION, location);
    System.out.println(
        location + " is " + lag.catchUp().state() + ", " + lag.pending().count() + " pending");
    lag.oldest().ifPresent(oldest -> System.out.println("the oldest waits for " + oldest.age()));
    // end: lag
  }

  private static void explain(Backbeat backbeat, LocationName location) {
    for (FailedOperation failure : backbeat.failed().list(location, 0, 1).operations()) {
      explain(backbeat, failure.object());
    }
  }

  private static void explain(Backbeat backbeat, ObjectVersion object) {
    // begin: explain
    ObjectExplanation explanation = backbeat.objects().explain(object).orElseThrow();
    for (LocationExplanation at : explanation.locations()) {
      System.out.println(object + " at " + at.location() + ": " + at.status());
      for (Blocker blocker : at.blockers()) {
        System.out.println("  kept by " + blocker.reason() + " " + blocker.detail());
      }
    }
    // end: explain
  }

  private static void retryAll(BackbeatClient backbeat, LocationName location) {
    // begin: bulk
    ObjectSelection there = ObjectSelection.ALL.at(List.of(location));
    BulkTask task = backbeat.bulk().start(BulkRequest.Retry.of(there).atMost(100));
    BulkTask done =
        backbeat.awaitDone(
            task.id(),
            Duration.ofSeconds(2),
            now -> System.out.println(now.progress().queued() + " queued so far"));
    System.out.println(done.id() + " is " + done.state() + ": " + done.progress().queued());
    // end: bulk
  }

  private static void watch(Backbeat backbeat, LocationName location) throws InterruptedException {
    // begin: watch
    Amount backlog = backbeat.metrics().report(REPLICATION, location).backlog();
    while (backlog.count() > 0) {
      System.out.println(backlog.count() + " objects, " + backlog.size() + " bytes to go");
      Thread.sleep(1000);
      backlog = backbeat.metrics().report(REPLICATION, location).backlog();
    }
    // end: watch
  }

  private static BackbeatClient configured(URI uri) {
    // begin: configure
    HttpClient http =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build(); // TLS, proxy, ...
    BackbeatClient client =
        BackbeatClient.builder(uri)
            .httpClient(http)
            .requestTimeout(Duration.ofSeconds(10))
            .retries(RetryOptions.NONE)
            .userAgent("operator-round/1")
            .build();
    // end: configure
    return client;
  }

  private static void withoutWaiting(BackbeatClient client, LocationName location) {
    // begin: async
    CompletableFuture<String> line =
        client
            .async()
            .metrics()
            .report(REPLICATION, location)
            .thenCombine(
                client.async().locations().get(REPLICATION, location),
                (report, status) -> status.target() + ", " + report.completions().count() + " done")
            .exceptionally(error -> "nobody knows: " + error.getMessage());
    System.out.println(location + ": " + line.join());
    // end: async
  }
}
