package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.job.JobType;
import io.backbeat.lag.LagReader;
import io.backbeat.log.LogPosition;
import io.backbeat.monitoring.EngineMeters;
import io.backbeat.monitoring.EngineMonitor;
import io.backbeat.monitoring.LookUps.Place;
import io.backbeat.monitoring.Reading;
import io.backbeat.monitoring.Seconds;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueSnapshot;
import io.backbeat.processor.QueueWatch;
import io.backbeat.queue.QueueName;
import io.backbeat.status.JobState;
import io.backbeat.store.Stores;
import io.backbeat.task.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The meters whose values are looked up when they are asked for. Everything is a count that the
 * stores keep anyway, and does not grow with the number of jobs, but for the lag, which is
 * remembered the longer the more it costs.
 */
record EngineReadings(
    Stores stores,
    EngineMonitor monitor,
    QueuePopulator populator,
    List<QueueWatch> watches,
    List<LocationName> replication,
    LocationOperations locations,
    LagReader lags,
    Clock clock) {
  /** Everything but the monitor. */
  @FunctionalInterface
  interface Source {
    EngineReadings with(EngineMonitor monitor);
  }

  List<Place> places() {
    return List.of(
        new Place("queues", this::queues),
        new Place("backlog", this::backlogs),
        new Place("ledger", this::ledger),
        new Place("lag", () -> LagReadings.of(lags.lagAll(ServiceName.REPLICATION))),
        new Place("locations", this::pauses),
        new Place("log", this::log),
        new Place(
            "quarantine",
            () ->
                List.of(
                    Reading.of(EngineMeters.QUARANTINED, (double) stores.quarantine().count()))));
  }

  private List<Reading> queues() {
    List<Reading> readings = new ArrayList<>();
    for (QueueWatch watch : watches) {
      QueueSnapshot now = watch.processor().snapshot();
      QueueName name = now.queue();
      readings.add(EngineMonitor.ofQueue(EngineMeters.IN_FLIGHT, name, now.inFlight()));
      readings.add(EngineMonitor.ofQueue(EngineMeters.RUNNING, name, now.running()));
      readings.add(
          EngineMonitor.ofQueue(EngineMeters.PROGRESS_AT, name, Seconds.of(now.lastProgress())));
      readings.add(
          EngineMonitor.ofQueue(EngineMeters.STALE_OUTCOMES, name, (double) now.staleOutcomes()));
      readings.add(
          EngineMonitor.ofQueue(EngineMeters.CONSUMER_RESTARTS, name, (double) watch.restarts()));
      readings.add(Reading.of(EngineMeters.BREAKER, breaker(now.breaker()), name.toString()));
      readings.addAll(monitor.slowAttempts(name));
    }
    return readings;
  }

  /** The numbers of the original: nominal, stabilizing, tripped. */
  private static int breaker(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  private List<Reading> backlogs() {
    List<Reading> readings = new ArrayList<>();
    for (QueueWatch watch : watches) {
      QueueName name = watch.processor().name();
      long backlog = stores.queue().backlog(name);
      readings.add(EngineMonitor.ofQueue(EngineMeters.BACKLOG, name, (double) backlog));
      stores
          .queue()
          .oldest(name)
          .map(at -> Seconds.of(Duration.between(at, clock.instant())))
          .or(() -> backlog == 0 ? Optional.of(0.0) : Optional.empty())
          .ifPresent(
              age -> readings.add(EngineMonitor.ofQueue(EngineMeters.OLDEST_AGE, name, age)));
    }
    return readings;
  }

  private List<Reading> ledger() {
    Map<LocationName, Map<JobState, Long>> counts = stores.failedJobs().counts(JobType.REPLICATION);
    List<Reading> readings = new ArrayList<>();
    for (LocationName location : replication) {
      Map<JobState, Long> states = counts.getOrDefault(location, Map.of());
      String name = location.value();
      readings.add(
          Reading.of(
              EngineMeters.FAILED_VERSIONS,
              (double) states.getOrDefault(JobState.FAILED, 0L),
              name));
      readings.add(
          Reading.of(
              EngineMeters.WAITING_VERSIONS,
              (double) states.getOrDefault(JobState.WAITING, 0L),
              name));
      readings.add(
          Reading.of(
              EngineMeters.QUEUED_VERSIONS,
              (double) states.getOrDefault(JobState.QUEUED, 0L),
              name));
    }
    return readings;
  }

  private List<Reading> pauses() {
    List<Reading> readings = new ArrayList<>();
    for (ServiceName service : ServiceName.values()) {
      for (LocationStatus status : locations.list(service)) {
        readings.add(
            Reading.of(
                EngineMeters.PAUSED,
                status.target() == TargetState.PAUSED ? 1 : 0,
                service.wireName(),
                status.location().value()));
      }
    }
    return readings;
  }

  private List<Reading> log() {
    String name = stores.journal().name();
    long lag = populator.lag();
    List<Reading> readings = new ArrayList<>();
    readings.add(EngineMonitor.ofLog(EngineMeters.LOG_LAG, name, (double) lag));
    populator
        .readUpTo()
        .ifPresent(
            at ->
                readings.add(EngineMonitor.ofLog(EngineMeters.LOG_READ_AT, name, Seconds.of(at))));
    LogPosition position = populator.position();
    if (position.value().matches("\\d{0,18}")) { // other logs have positions that are no numbers
      long offset = position.value().isEmpty() ? 0 : Long.parseLong(position.value());
      readings.add(EngineMonitor.ofLog(EngineMeters.LOG_READ_OFFSET, name, (double) offset));
      readings.add(EngineMonitor.ofLog(EngineMeters.LOG_SIZE, name, (double) (offset + lag)));
    }
    return readings;
  }
}
