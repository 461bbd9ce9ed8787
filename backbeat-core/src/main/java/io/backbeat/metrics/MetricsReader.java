package io.backbeat.metrics;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsOperations;
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
public final class MetricsReader implements MetricsOperations {
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

  @Override
  public MetricsReport report(ServiceName service, LocationName location) {
    checkMeasured(service);
    return reportOf(service, List.of(known(service, location)));
  }

  @Override
  public MetricsReport reportAll(ServiceName service) {
    checkMeasured(service);
    return reportOf(service, configured.apply(service));
  }

  @Override
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

  @Override
  public double bytesPerSecond(LocationName location, ObjectVersion object) {
    known(ServiceName.REPLICATION, location);
    Instant now = clock.instant();
    CounterKey done = objectKey(location, object, Counter.OBJECT_BYTES_DONE);
    return Series.perSecond(
        counters.series(List.of(done), now, Series.THROUGHPUT_INTERVALS).get(0), now);
  }

  private MetricsReport reportOf(ServiceName service, List<LocationName> locations) {
    Instant now = clock.instant();
    Amount pending =
        new Amount(
            gauge(service, locations, Counter.OPS_PENDING),
            gauge(service, locations, Counter.BYTES_PENDING));
    long[] operations = series(service, locations, Counter.OPS_DONE, now);
    long[] bytes = series(service, locations, Counter.BYTES_DONE, now);
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

  private long gauge(ServiceName service, List<LocationName> locations, Counter counter) {
    return counters.gauges(keys(service, locations, counter)).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The series of the locations, added up per interval. */
  private long[] series(
      ServiceName service, List<LocationName> locations, Counter counter, Instant now) {
    long[] sums = new long[CounterStore.INTERVALS];
    for (long[] series :
        counters.series(keys(service, locations, counter), now, CounterStore.INTERVALS)) {
      Arrays.setAll(sums, i -> sums[i] + series[i]);
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

  private static List<CounterKey> keys(
      ServiceName service, List<LocationName> locations, Counter counter) {
    Stream<CounterKey> keys =
        locations.stream().map(location -> CounterKey.of(service, location, counter));
    return keys.toList();
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
