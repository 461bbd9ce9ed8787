package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.engine.Unfinished;
import io.backbeat.job.JobEvent;
import io.backbeat.status.JobState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what this run does. Thread-safe. What is finished is not counted but derived from what is
 * left, so it is right after a restart, too.
 */
final class ProgressMeter implements JobEvent.Listener {
  private record Counts(LongAdder completed, LongAdder failed, LongAdder bytes) {
    Counts() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }
  }

  private final Map<LocationName, Counts> counts = new ConcurrentHashMap<>();

  @Override
  public void on(JobEvent event) {
    if (event instanceof JobEvent.BytesTransferred moved) {
      at(event.job().location()).bytes().add(moved.bytes());
    } else if (event instanceof JobEvent.Completed) {
      at(event.job().location()).completed().increment();
    } else if (event instanceof JobEvent.Failed) {
      at(event.job().location()).failed().increment();
    }
  }

  /** Copies this run has completed at a location. */
  long completed(LocationName location) {
    return at(location).completed().sum();
  }

  /** Jobs that failed for good at a location during this run. */
  long failed(LocationName location) {
    return at(location).failed().sum();
  }

  /**
   * How far every location is.
   *
   * @param objects how many each is to have
   */
  List<LocationProgress> progress(List<LocationName> locations, long objects, Unfinished left) {
    return locations.stream().map(location -> progress(location, objects, left)).toList();
  }

  /** How far every location is with what was found so far, while a pass over the source goes on. */
  List<LocationProgress> progressSoFar(List<LocationName> locations, Unfinished left) {
    return locations.stream().map(location -> progressSoFar(location, left)).toList();
  }

  private LocationProgress progressSoFar(LocationName location, Unfinished left) {
    long failed = left.jobs(location, JobState.FAILED);
    long finished = completed(location) + failed;
    return new LocationProgress(
        location, finished + open(location, left), finished, failed, at(location).bytes().sum());
  }

  private static long open(LocationName location, Unfinished left) {
    return left.logLag()
        + left.jobs(location, JobState.QUEUED)
        + left.jobs(location, JobState.WAITING);
  }

  private LocationProgress progress(LocationName location, long objects, Unfinished left) {
    return new LocationProgress(
        location,
        objects,
        Math.max(0, objects - open(location, left)),
        left.jobs(location, JobState.FAILED),
        at(location).bytes().sum());
  }

  private Counts at(LocationName location) {
    return counts.computeIfAbsent(location, name -> new Counts());
  }
}
