package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import io.backbeat.api.Rate;
import io.backbeat.api.ReplicationTimes;
import io.backbeat.api.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What comes in at a location and what is completed there, as the counters have it.
 *
 * @param arrivals queued for the first time
 * @param completions completed
 * @param times how long it took; empty if nothing was completed within the window
 */
public record Flow(Rate arrivals, Rate completions, Optional<ReplicationTimes> times) {
  /** The intervals before the present one that a rate is averaged over. */
  static final int RATE_INTERVALS = 1;

  /** The intervals before the present one whose replication times are looked at. */
  static final int TIMES_INTERVALS = 3;

  private static final List<Counter> COUNTERS =
      List.of(Counter.OPS, Counter.BYTES, Counter.OPS_DONE, Counter.BYTES_DONE);

  /** Checks that nothing is null. */
  public Flow {
    Objects.requireNonNull(arrivals, "arrivals");
    Objects.requireNonNull(completions, "completions");
    Objects.requireNonNull(times, "times");
  }

  /**
   * Reads those of some locations at once.
   *
   * @return in the order of the locations
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  public static List<Flow> read(CounterStore store, List<LocationName> locations, Instant now) {
    List<CounterKey> keys =
        locations.stream()
            .flatMap(
                location ->
                    COUNTERS.stream().map(c -> CounterKey.of(ServiceName.REPLICATION, location, c)))
            .toList();
    List<long[]> series = store.series(keys, now, RATE_INTERVALS + 1);
    List<TimeHistogram> times = store.times(locations, now, TIMES_INTERVALS + 1);
    Instant since =
        CounterStore.intervalStart(now)
            .minusSeconds((long) TIMES_INTERVALS * CounterStore.INTERVAL_SECONDS);
    List<Flow> flows = new ArrayList<>(locations.size());
    for (int i = 0; i < locations.size(); i++) {
      List<long[]> ofLocation = series.subList(i * COUNTERS.size(), (i + 1) * COUNTERS.size());
      flows.add(
          new Flow(
              rate(ofLocation.subList(0, 2), now),
              rate(ofLocation.subList(2, 4), now),
              times(times.get(i), since)));
    }
    return flows;
  }

  private static Rate rate(List<long[]> operationsAndBytes, Instant now) {
    return new Rate(
        perSecond(operationsAndBytes.get(0), now), perSecond(operationsAndBytes.get(1), now));
  }

  /** Whoever shares the store may have written nonsense, which is no rate. */
  private static double perSecond(long[] series, Instant now) {
    return Math.max(0, Series.perSecond(series, now, RATE_INTERVALS));
  }

  private static Optional<ReplicationTimes> times(TimeHistogram times, Instant since) {
    long samples = times.samples();
    return samples == 0
        ? Optional.empty()
        : Optional.of(
            new ReplicationTimes(
                since, samples, times.quantile(0.5), times.quantile(0.95), times.quantile(0.99)));
  }
}
