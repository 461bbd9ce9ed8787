package io.backbeat.micrometer;

import io.backbeat.monitoring.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Puts meters into a registry under their own names, and takes them out again. Thread-safe. */
final class Registered {
  private final MeterRegistry registry;
  private final ConcurrentLinkedQueue<io.micrometer.core.instrument.Meter> meters =
      new ConcurrentLinkedQueue<>();

  Registered(MeterRegistry registry) {
    this.registry = registry;
  }

  Counter counter(Series series) {
    return keep(
        Counter.builder(series.meter().name())
            .description(series.meter().help())
            .tags(series.tags())
            .register(registry));
  }

  /**
   * Seconds are timed, because a summary rounds what it puts into its buckets up to whole numbers
   * in most registries.
   */
  DoubleConsumer histogram(Series series) {
    return series.meter().name().endsWith("_seconds") ? timer(series) : summary(series);
  }

  private DoubleConsumer timer(Series series) {
    Timer timer =
        keep(
            Timer.builder(series.meter().name())
                .description(series.meter().help())
                .tags(series.tags())
                .serviceLevelObjectives(
                    DoubleStream.of(bounds(series.meter()))
                        .mapToObj(Registered::duration)
                        .toArray(Duration[]::new))
                .register(registry));
    return seconds -> timer.record(duration(seconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private DoubleConsumer summary(Series series) {
    DistributionSummary summary =
        keep(
            DistributionSummary.builder(series.meter().name())
                .description(series.meter().help())
                .tags(series.tags())
                .serviceLevelObjectives(bounds(series.meter()))
                .register(registry));
    return summary::record;
  }

  /**
   * Micrometer takes no bound of 0; nothing that is measured lies between 0 and the least number.
   */
  private static double[] bounds(Meter meter) {
    return meter.buckets().stream().mapToDouble(b -> b == 0 ? Double.MIN_VALUE : b).toArray();
  }

  void gauge(Series series, DoubleSupplier value) {
    keep(
        Gauge.builder(series.meter().name(), value::getAsDouble)
            .description(series.meter().help())
            .tags(series.tags())
            .register(registry));
  }

  /** The registry holds the supplier weakly; its caller keeps it. */
  void counter(Series series, DoubleSupplier value) {
    keep(
        FunctionCounter.builder(series.meter().name(), value, DoubleSupplier::getAsDouble)
            .description(series.meter().help())
            .tags(series.tags())
            .register(registry));
  }

  private <M extends io.micrometer.core.instrument.Meter> M keep(M meter) {
    meters.add(meter);
    return meter;
  }

  void removeAll() {
    for (io.micrometer.core.instrument.Meter meter = meters.poll();
        meter != null;
        meter = meters.poll()) {
      registry.remove(meter);
    }
  }
}
