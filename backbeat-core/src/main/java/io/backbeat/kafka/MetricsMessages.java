package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells changes of counters in messages that come to the same changes when they are read. Pure.
 *
 * <p>What was queued, completed and failed is told as such; whatever then is left of the change of
 * the pending gauges (a job that was dropped, or queued again) becomes {@code pendingOnly}. Changes
 * of a service that the topic does not know (lifecycle) are not told.
 */
final class MetricsMessages {
  private record Place(ServiceName service, LocationName location) {}

  private MetricsMessages() {}

  static List<MetricsMessage> of(Map<CounterKey, Long> deltas, Instant at) {
    Map<Place, Map<Counter, Long>> places =
        new TreeMap<>(Comparator.comparing(Place::service).thenComparing(Place::location));
    List<MetricsMessage> messages = new ArrayList<>();
    deltas.forEach(
        (key, delta) -> {
          if (key.service() == ServiceName.LIFECYCLE || delta == 0) {
            return;
          }
          if (key.object().isPresent()) {
            messages.add(ofObject(key, delta, at));
          } else {
            places
                .computeIfAbsent(
                    new Place(key.service(), key.location()), p -> new EnumMap<>(Counter.class))
                .put(key.counter(), delta);
          }
        });
    places.forEach((place, sums) -> ofLocation(place, sums, at, messages));
    return messages;
  }

  private static MetricsMessage ofObject(CounterKey key, long delta, Instant at) {
    MetricsType type =
        key.counter() == Counter.OBJECT_BYTES ? MetricsType.QUEUED : MetricsType.COMPLETED;
    return new MetricsMessage(
        at.toEpochMilli(), 0, delta, key.service(), type, key.location(), key.object());
  }

  private static void ofLocation(
      Place place, Map<Counter, Long> sums, Instant at, List<MetricsMessage> messages) {
    long ops = get(sums, Counter.OPS_PENDING);
    long bytes = get(sums, Counter.BYTES_PENDING);
    ops -= get(sums, Counter.OPS) - get(sums, Counter.OPS_DONE) - get(sums, Counter.OPS_FAIL);
    bytes -=
        get(sums, Counter.BYTES) - get(sums, Counter.BYTES_DONE) - get(sums, Counter.BYTES_FAIL);
    add(place, MetricsType.QUEUED, get(sums, Counter.OPS), get(sums, Counter.BYTES), at, messages);
    add(
        place,
        MetricsType.COMPLETED,
        get(sums, Counter.OPS_DONE),
        get(sums, Counter.BYTES_DONE),
        at,
        messages);
    add(
        place,
        MetricsType.FAILED,
        get(sums, Counter.OPS_FAIL),
        get(sums, Counter.BYTES_FAIL),
        at,
        messages);
    add(place, MetricsType.PENDING_ONLY, ops, bytes, at, messages);
  }

  private static long get(Map<Counter, Long> sums, Counter counter) {
    return sums.getOrDefault(counter, 0L);
  }

  private static void add(
      Place place,
      MetricsType type,
      long ops,
      long bytes,
      Instant at,
      List<MetricsMessage> messages) {
    if (ops != 0 || bytes != 0) {
      messages.add(
          new MetricsMessage(
              at.toEpochMilli(),
              ops,
              bytes,
              place.service(),
              type,
              place.location(),
              Optional.empty()));
    }
  }
}
