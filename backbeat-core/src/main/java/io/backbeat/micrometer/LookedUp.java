package io.backbeat.micrometer;

import io.backbeat.monitoring.EngineMeters;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Values that are looked up when somebody asks for one of them. Micrometer asks for each by itself,
 * so what was looked up answers for a second. A series is registered when it is seen first; the one
 * that has no labels is there from the beginning, so that somebody asks. Thread-safe.
 */
final class LookedUp {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<List<Reading>> source;
  private final Registered registered;
  private final LongSupplier nanos;

  // Everything below is guarded by this.
  private final Map<Series, DoubleSupplier> known = new HashMap<>();
  private final Map<Series, Double> values = new HashMap<>();
  private long lookedUpAt;
  private boolean lookedUp;
  private boolean closed;

  LookedUp(Supplier<List<Reading>> source, Registered registered, LongSupplier nanos) {
    this.source = source;
    this.registered = registered;
    this.nanos = nanos;
  }

  synchronized void begin() {
    register(Series.of(EngineMeters.QUARANTINED));
  }

  synchronized void close() {
    closed = true;
  }

  private void register(Series series) {
    DoubleSupplier value = () -> value(series);
    known.put(series, value);
    if (series.meter().kind() == Meter.Kind.COUNTER) {
      registered.counter(series, value);
    } else {
      registered.gauge(series, value);
    }
  }

  /** What is gone has no value any more, but a counter keeps its last one. */
  private synchronized double value(Series series) {
    if (!closed && (!lookedUp || nanos.getAsLong() - lookedUpAt >= FRESH.toNanos())) {
      lookUp();
    }
    return values.getOrDefault(series, Double.NaN);
  }

  private void lookUp() {
    lookedUp = true;
    values.keySet().removeIf(series -> series.meter().kind() != Meter.Kind.COUNTER);
    for (Reading reading : source.get()) {
      Series series = Series.of(reading);
      values.put(series, reading.value());
      if (!known.containsKey(series)) {
        register(series);
      }
    }
    lookedUpAt = nanos.getAsLong();
  }
}
