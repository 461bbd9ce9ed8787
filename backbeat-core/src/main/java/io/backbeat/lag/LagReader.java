package io.backbeat.lag;

import io.backbeat.api.AgeBucket;
import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.OldestPending;
import io.backbeat.api.ServiceName;
import io.backbeat.job.JobType;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.Flow;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reports how far destinations of replication are behind. What is pending is asked from the ledger,
 * which a restart or a lost event cannot make wrong; rates and times from the counters. Keeps
 * nothing but the ages it read last, for a moment. A store that does not answer makes the call
 * fail. Thread-safe.
 */
public final class LagReader {
  /** How long ages are remembered at least. */
  public static final Duration AGES_KEPT = Duration.ofSeconds(1);

  /** Where one age bucket ends and the next begins. */
  public static final List<Duration> AGE_BOUNDS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(24));

  private final FailedJobStore ledger;
  private final CounterStore counters;
  private final Function<ServiceName, List<LocationName>> configured;
  private final Supplier<Hindrances> hindrances;
  private final RememberedAges remembered;
  private final Clock clock;

  /**
   * What keeps jobs from being run.
   *
   * @param paused locations that an operator paused
   * @param down locations whose destination this process has found down
   */
  public record Hindrances(Set<LocationName> paused, Set<LocationName> down) {
    /** Nothing. */
    public static final Hindrances NONE = new Hindrances(Set.of(), Set.of());

    /** Copies the sets. */
    public Hindrances {
      paused = Set.copyOf(paused);
      down = Set.copyOf(down);
    }
  }

  /**
   * Reads from stores.
   *
   * @param configured the locations of a service, asked at each call
   * @param hindrances asked at each call
   * @param agesKept how long ages are remembered at least; zero to read them at each call
   * @param clock what time it is
   */
  public LagReader(
      FailedJobStore ledger,
      CounterStore counters,
      Function<ServiceName, List<LocationName>> configured,
      Supplier<Hindrances> hindrances,
      Duration agesKept,
      Clock clock) {
    this.ledger = ledger;
    this.counters = counters;
    this.configured = configured;
    this.hindrances = hindrances;
    this.remembered = new RememberedAges(agesKept);
    this.clock = clock;
  }

  /** As {@link io.backbeat.api.MetricsOperations#lag}. */
  public LagReport lag(ServiceName service, LocationName location) {
    List<LocationName> locations = locations(service);
    if (!locations.contains(location)) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND,
          "service crr has no location " + location + ", it has " + locations);
    }
    return reports(List.of(location)).get(0);
  }

  /** As {@link io.backbeat.api.MetricsOperations#lagAll}. */
  public List<LagReport> lagAll(ServiceName service) {
    return reports(locations(service));
  }

  private List<LocationName> locations(ServiceName service) {
    if (service != ServiceName.REPLICATION) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND, "service " + service.wireName() + " has no lag, only crr has");
    }
    return configured.apply(service);
  }

  private List<LagReport> reports(List<LocationName> locations) {
    if (locations.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Hindrances hindered = hindrances.get();
    List<Flow> flows = Flow.read(counters, locations, now);
    Map<LocationName, Map<JobState, Long>> counts = ledger.counts(JobType.REPLICATION);
    List<LagReport> reports = new ArrayList<>(locations.size());
    for (int i = 0; i < locations.size(); i++) {
      LocationName location = locations.get(i);
      long failed = counts.getOrDefault(location, Map.of()).getOrDefault(JobState.FAILED, 0L);
      reports.add(report(location, now, failed, flows.get(i), hindered));
    }
    return reports;
  }

  private LagReport report(
      LocationName location, Instant now, long failed, Flow flow, Hindrances hindered) {
    RememberedAges.Answer known =
        remembered.get(
            location,
            now,
            at ->
                ledger.ages(
                    JobType.REPLICATION, location, AGE_BOUNDS.stream().map(at::minus).toList()));
    List<AgeBucket> ages = buckets(known.ages());
    Amount pending = ages.stream().map(AgeBucket::pending).reduce(Amount.ZERO, Amount::plus);
    boolean paused = hindered.paused().contains(location);
    boolean down = hindered.down().contains(location);
    return new LagReport(
        location,
        known.at(),
        pending.count() == 0
            ? Optional.empty()
            : known.ages().oldest().map(oldest -> oldest(oldest, known.at())),
        ages,
        failed,
        flow.times(),
        flow.arrivals(),
        flow.completions(),
        CatchUpEstimate.of(pending, flow.arrivals(), flow.completions(), paused, down),
        paused,
        down);
  }

  private static OldestPending oldest(JobAges.Oldest oldest, Instant at) {
    Duration age = Duration.between(oldest.createdAt(), at);
    return new OldestPending(
        oldest.object(), oldest.createdAt(), age.isNegative() ? Duration.ZERO : age);
  }

  private static List<AgeBucket> buckets(JobAges ages) {
    List<AgeBucket> buckets = new ArrayList<>();
    for (int i = 0; i < ages.amounts().size(); i++) {
      buckets.add(
          new AgeBucket(
              i == 0 ? Duration.ZERO : AGE_BOUNDS.get(i - 1),
              i < AGE_BOUNDS.size() ? Optional.of(AGE_BOUNDS.get(i)) : Optional.empty(),
              ages.amounts().get(i).notNegative()));
    }
    return buckets;
  }
}
