package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what messages of one service do to counters. For one thread.
 *
 * <table>
 * <caption>Effects</caption>
 * <tr><th>message</th><th>pending gauges</th><th>series</th></tr>
 * <tr><td>queued</td><td>+</td><td>OPS, BYTES</td></tr>
 * <tr><td>completed</td><td>-</td><td>OPS_DONE, BYTES_DONE</td></tr>
 * <tr><td>failed</td><td>-</td><td>OPS_FAIL, BYTES_FAIL</td></tr>
 * <tr><td>pendingOnly</td><td>+</td><td></td></tr>
 * <tr><td>queued, of an object</td><td></td><td>OBJECT_BYTES</td></tr>
 * <tr><td>completed, of an object</td><td></td><td>OBJECT_BYTES_DONE</td></tr>
 * </table>
 *
 * <p>A message whose interval no series keeps any more only touches the gauges. Ingestion has no
 * series of what is queued or failed, and none of objects.
 */
final class MetricsSums {
  private static final Counter[] OF_LOCATION = {
    Counter.OPS_PENDING, Counter.BYTES_PENDING,
    Counter.OPS, Counter.BYTES,
    Counter.OPS_DONE, Counter.BYTES_DONE,
    Counter.OPS_FAIL, Counter.BYTES_FAIL
  };
  private static final Counter[] OF_OBJECT = {Counter.OBJECT_BYTES, Counter.OBJECT_BYTES_DONE};
  private static final Set<Counter> OF_INGESTION =
      Set.of(Counter.OPS_PENDING, Counter.BYTES_PENDING, Counter.OPS_DONE, Counter.BYTES_DONE);
  private static final int QUEUED = 2;
  private static final int DONE = 4;
  private static final int FAILED = 6;
  private static final long INTERVAL_MILLIS = CounterStore.INTERVAL_SECONDS * 1000L;

  private final ServiceName service;
  private final long oldestInterval;
  private final SortedMap<Long, Interval> intervals = new TreeMap<>();
  private long lastStart = Long.MIN_VALUE;
  private Interval last = new Interval();

  /**
   * Begins with zeros.
   *
   * @param now decides which intervals are too old for series
   */
  MetricsSums(ServiceName service, Instant now) {
    this.service = service;
    this.oldestInterval =
        CounterStore.intervalStart(now).toEpochMilli()
            - (CounterStore.INTERVALS - 1) * INTERVAL_MILLIS;
  }

  /** Adds one message; it must be of the service. */
  void add(MetricsMessage message) {
    long start = Math.floorDiv(message.timestamp(), INTERVAL_MILLIS) * INTERVAL_MILLIS;
    boolean series = start >= oldestInterval;
    Interval interval = interval(start);
    if (message.object().isPresent()) {
      if (series && service != ServiceName.INGESTION) {
        interval.addObject(message, message.object().get());
      }
    } else {
      interval.addLocation(message, series);
    }
  }

  /** The sums by the start of their interval, without those that are 0. */
  SortedMap<Instant, Map<CounterKey, Long>> deltas() {
    SortedMap<Instant, Map<CounterKey, Long>> deltas = new TreeMap<>();
    intervals.forEach(
        (start, interval) -> {
          Map<CounterKey, Long> ofInterval = interval.deltas(service);
          if (!ofInterval.isEmpty()) {
            deltas.put(Instant.ofEpochMilli(start), ofInterval);
          }
        });
    return deltas;
  }

  /** Most messages are of the interval of the one before. */
  private Interval interval(long start) {
    if (start != lastStart) {
      lastStart = start;
      last = intervals.computeIfAbsent(start, s -> new Interval());
    }
    return last;
  }

  private record OfObject(LocationName location, ObjectVersion object) {}

  private static final class Interval {
    private final Map<LocationName, long[]> locations = new HashMap<>();
    private final Map<OfObject, long[]> objects = new HashMap<>();

    void addLocation(MetricsMessage message, boolean series) {
      long[] sums =
          locations.computeIfAbsent(message.location(), l -> new long[OF_LOCATION.length]);
      switch (message.type()) {
        case QUEUED -> add(sums, message, 1, series, QUEUED);
        case COMPLETED -> add(sums, message, -1, series, DONE);
        case FAILED -> add(sums, message, -1, series, FAILED);
        case PENDING_ONLY -> add(sums, message, 1, false, 0);
      }
    }

    private static void add(
        long[] sums, MetricsMessage message, int pending, boolean series, int at) {
      sums[0] += pending * message.ops();
      sums[1] += pending * message.bytes();
      if (series) {
        sums[at] += message.ops();
        sums[at + 1] += message.bytes();
      }
    }

    void addObject(MetricsMessage message, ObjectVersion object) {
      switch (message.type()) {
        case QUEUED -> sums(message, object)[0] += message.bytes();
        case COMPLETED -> sums(message, object)[1] += message.bytes();
        case FAILED, PENDING_ONLY -> {
          // says nothing of an object
        }
      }
    }

    private long[] sums(MetricsMessage message, ObjectVersion object) {
      return objects.computeIfAbsent(
          new OfObject(message.location(), object), o -> new long[OF_OBJECT.length]);
    }

    Map<CounterKey, Long> deltas(ServiceName service) {
      Map<CounterKey, Long> deltas = new HashMap<>();
      locations.forEach((l, sums) -> put(deltas, service, l, Optional.empty(), OF_LOCATION, sums));
      objects.forEach(
          (o, sums) ->
              put(deltas, service, o.location(), Optional.of(o.object()), OF_OBJECT, sums));
      return deltas;
    }

    private static void put(
        Map<CounterKey, Long> deltas,
        ServiceName service,
        LocationName location,
        Optional<ObjectVersion> object,
        Counter[] counters,
        long[] sums) {
      for (int i = 0; i < sums.length; i++) {
        boolean counted = service != ServiceName.INGESTION || OF_INGESTION.contains(counters[i]);
        if (sums[i] != 0 && counted) {
          deltas.put(new CounterKey(service, location, object, counters[i]), sums[i]);
        }
      }
    }
  }
}
