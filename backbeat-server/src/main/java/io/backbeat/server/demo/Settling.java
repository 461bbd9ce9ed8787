package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.Unfinished;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.ScanSummary;
import io.backbeat.processor.QueueSnapshot;
import io.backbeat.status.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Waits until nothing is left to do: the engine has no job that it may run, and one more pass over
 * the source finds nothing new. For one thread.
 */
final class Settling {
  /** How a wait ended. */
  sealed interface Result {
    /** Nothing is left to do. */
    record Settled() implements Result {}

    /** The user asked to stop. */
    record Interrupted() implements Result {}

    /** Nothing moves, and this is why. */
    record Stuck(String reason) implements Result {}
  }

  private static final Duration GLANCE = Duration.ofMillis(100);

  private final BackbeatEngine engine;
  private final DirectoryWatcher watcher;
  private final ProgressMeter meter;
  private final List<LocationName> locations;
  private final StopSignal stop;
  private final Duration patience;

  /**
   * A wait that can be repeated.
   *
   * @param patience how long nothing may move while something reports an error
   */
  Settling(
      BackbeatEngine engine,
      DirectoryWatcher watcher,
      ProgressMeter meter,
      List<LocationName> locations,
      StopSignal stop,
      Duration patience) {
    this.engine = engine;
    this.watcher = watcher;
    this.meter = meter;
    this.locations = locations;
    this.stop = stop;
    this.patience = patience;
  }

  /**
   * Makes a pass over the source, and shows what is copied meanwhile.
   *
   * @return empty if the user asked to stop; the pass is cut short then
   */
  Optional<ScanSummary> pass(ProgressDisplay display) {
    FutureTask<ScanSummary> pass = new FutureTask<>(watcher::scan);
    Thread thread = new Thread(pass, "backbeat-first-pass");
    thread.setDaemon(true);
    thread.start();
    while (!stop.await(GLANCE)) {
      if (pass.isDone()) {
        return Optional.of(resultOf(pass));
      }
      display.show(meter.progressSoFar(locations, engine.unfinished()));
    }
    watcher.close();
    return Optional.empty();
  }

  /** The result of a pass that is done. */
  private static ScanSummary resultOf(FutureTask<ScanSummary> pass) {
    try {
      return pass.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits, and shows how far it is. */
  Result await(ProgressDisplay display, long objectsSoFar) {
    long objects = objectsSoFar;
    long movedAt = System.nanoTime();
    List<Long> last = List.of();
    while (!stop.requested()) {
      Unfinished left = engine.unfinished();
      List<LocationProgress> now = meter.progress(locations, objects, left);
      display.show(now);
      if (isSettled(left)) {
        ScanSummary pass = watcher.scan();
        objects = pass.seen();
        if (isClean(pass) && isSettled(engine.unfinished())) {
          return new Result.Settled();
        }
      }
      // Bytes do not count: a probe of a full disk moves some and finishes nothing.
      List<Long> finished = now.stream().map(LocationProgress::finished).toList();
      if (!finished.equals(last)) {
        last = finished;
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > patience.toNanos()) {
        Optional<String> reason = whatIsWrong();
        if (reason.isPresent()) {
          return new Result.Stuck(reason.get());
        }
      }
      stop.await(GLANCE);
    }
    return new Result.Interrupted();
  }

  /** A paused location keeps its jobs, and nobody waits for it. */
  private boolean isSettled(Unfinished left) {
    if (left.settled()) {
      return true;
    }
    return left.logLag() == 0
        && engine.operations().locations().list(ServiceName.REPLICATION).stream()
            .filter(location -> location.target() == TargetState.RUNNING)
            .map(LocationStatus::location)
            .allMatch(
                location ->
                    left.jobs(location, JobState.QUEUED) + left.jobs(location, JobState.WAITING)
                        == 0);
  }

  private static boolean isClean(ScanSummary pass) {
    return pass.added() + pass.changed() + pass.removed() + pass.unsettled() == 0;
  }

  private Optional<String> whatIsWrong() {
    String reasons =
        engine.queues().stream()
            .filter(queue -> queue.error().isPresent())
            .map(Settling::describe)
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
  }

  private static String describe(QueueSnapshot queue) {
    return queue.queue().location() + ": " + queue.error().orElse("");
  }
}
