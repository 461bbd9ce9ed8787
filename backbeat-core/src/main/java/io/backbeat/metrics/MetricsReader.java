package io.backbeat.metrics;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Throughput;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reports computed from counters. Keeps nothing between two calls; a store that does not answer
 * makes the call fail and is never read as zero. Thread-safe.
 */
public final class MetricsReader {
  private final CounterStore counters;
  private final Function<ServiceName, List<LocationName>> configured;
  private final Supplier<Map<LocationName, Long>> failedVersions;
  private final Clock clock;

  /**
   * Reads from a store.
   *
   * @param counters where counters are kept
   * @param configured the locations of a service, asked at each call
   * @param failedVersions object versions recorded as failed to replicate, by location; a location
   *     without any may be missing
   * @param clock what time it is
   */
  public MetricsReader(
      CounterStore counters,
      Function<ServiceName, List<LocationName>> configured,
      Supplier<Map<LocationName, Long>> failedVersions,
      Clock clock) {
    this.counters = counters;
    this.configured = configured;
    this.failedVersions = failedVersions;
    this.clock = clock;
  }

  /** As {@link io.backbeat.api.MetricsOperations#report}. */
  public MetricsReport report(ServiceName service, LocationName location) {
    checkMeasured(service);
    return reportOf(service, List.of(known(service, location)));
  }

  /** As {@link io.backbeat.api.MetricsOperations#reportAll}. */
  public MetricsReport reportAll(ServiceName service) {
    checkMeasured(service);
    return reportOf(service, configured.apply(service));
  }

  /** As {@link io.backbeat.api.MetricsOperations#progress}. */
  public ObjectProgress progress(LocationName location, ObjectVersion object) {
    known(ServiceName.REPLICATION, location);
    List<long[]> series =
        counters.series(
            List.of(
                objectKey(location, object, Counter.OBJECT_BYTES),
                objectKey(location, object, Counter.OBJECT_BYTES_DONE)),
            clock.instant(),
            CounterStore.INTERVALS);
    long done = Series.sum(series.get(1));
    return new ObjectProgress(Series.sum(series.get(0)) - done, done);
  }

  /** As {@link io.backbeat.api.MetricsOperations#bytesPerSecond}. */
  public double bytesPerSecond(LocationName location, ObjectVersion object) {
    known(ServiceName.REPLICATION, location);
    Instant now = clock.instant();
    CounterKey done = objectKey(location, object, Counter.OBJECT_BYTES_DONE);
    return Series.perSecond(
        counters.series(List.of(done), now, Series.THROUGHPUT_INTERVALS).get(0), now);
  }

  private MetricsReport reportOf(ServiceName service, List<LocationName> locations) {
    Instant now = clock.instant();
    Amount pending = pending(service, locations);
    long[][] done = done(service, locations, now);
    long[] operations = done[0];
    long[] bytes = done[1];
    return new MetricsReport(
        service,
        pending.notNegative(),
        new Amount(Series.sum(operations), Series.sum(bytes)),
        new Amount(failures(service, locations), 0),
        new Throughput(Series.perSecond(operations, now), Series.perSecond(bytes, now)),
        service == ServiceName.INGESTION ? pending.notNegative() : pending);
  }

  private static void checkMeasured(ServiceName service) {
    if (service == ServiceName.LIFECYCLE) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND, "service " + service.wireName() + " has no metrics");
    }
  }

  /** Both gauges of all locations in one question: a store may be a network away. */
  private Amount pending(ServiceName service, List<LocationName> locations) {
    List<Long> gauges =
        counters.gauges(keys(service, locations, Counter.OPS_PENDING, Counter.BYTES_PENDING));
    int half = locations.size();
    return new Amount(sum(gauges.subList(0, half)), sum(gauges.subList(half, 2 * half)));
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  /** Operations and bytes of the locations, each added up per interval; one question too. */
  private long[][] done(ServiceName service, List<LocationName> locations, Instant now) {
    long[][] sums = new long[2][CounterStore.INTERVALS];
    List<long[]> series =
        counters.series(
            keys(service, locations, Counter.OPS_DONE, Counter.BYTES_DONE),
            now,
            CounterStore.INTERVALS);
    for (int i = 0; i < series.size(); i++) {
      long[] one = series.get(i);
      long[] sum = sums[i / locations.size()];
      Arrays.setAll(sum, interval -> sum[interval] + one[interval]);
    }
    return sums;
  }

  private long failures(ServiceName service, List<LocationName> locations) {
    if (service != ServiceName.REPLICATION) {
      return 0;
    }
    Map<LocationName, Long> counts = failedVersions.get();
    return locations.stream().mapToLong(location -> counts.getOrDefault(location, 0L)).sum();
  }

  /** The counters of each location, one counter after the other. */
  private static List<CounterKey> keys(
      ServiceName service, List<LocationName> locations, Counter... counters) {
    return Stream.of(counters)
        .flatMap(counter -> locations.stream().map(l -> CounterKey.of(service, l, counter)))
        .toList();
  }

  private static CounterKey objectKey(
      LocationName location, ObjectVersion object, Counter counter) {
    return new CounterKey(ServiceName.REPLICATION, location, Optional.of(object), counter);
  }

  private LocationName known(ServiceName service, LocationName location) {
    List<LocationName> locations = configured.apply(service);
    if (!locations.contains(location)) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND,
          "service "
              + service.wireName()
              + " has no location "
              + location
              + ", it has "
              + locations);
    }
    return location;
  }
}
