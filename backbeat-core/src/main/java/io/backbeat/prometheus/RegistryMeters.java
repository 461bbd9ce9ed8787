package io.backbeat.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Meters;
import io.backbeat.monitoring.Reading;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Meters in a registry; each is registered when it is used first. */
final class RegistryMeters implements Meters {
  private static final int USUAL_SIZE = 32 * 1024;

  private final PrometheusRegistry registry;
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private final Map<Meter, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Meter, Gauge> gauges = new ConcurrentHashMap<>();
  private final Map<Meter, Histogram> histograms = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Collector> registered = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<MultiCollector> lookedUp = new ConcurrentLinkedQueue<>();

  RegistryMeters(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void add(Meter meter, double amount, String... labels) {
    Counter counter = counters.get(meter);
    if (counter == null) {
      counter = counters.computeIfAbsent(meter, this::counter);
    }
    counter.labelValues(labels).inc(amount);
  }

  @Override
  public void set(Meter meter, double value, String... labels) {
    Gauge gauge = gauges.get(meter);
    if (gauge == null) {
      gauge = gauges.computeIfAbsent(meter, this::gauge);
    }
    gauge.labelValues(labels).set(value);
  }

  @Override
  public void observe(Meter meter, double value, String... labels) {
    Histogram histogram = histograms.get(meter);
    if (histogram == null) {
      histogram = histograms.computeIfAbsent(meter, this::histogram);
    }
    histogram.labelValues(labels).observe(value);
  }

  private Counter counter(Meter meter) {
    return keep(
        Counter.builder()
            .name(meter.name())
            .help(meter.help())
            .labelNames(names(meter))
            .withoutExemplars()
            .register(registry));
  }

  private Gauge gauge(Meter meter) {
    return keep(
        Gauge.builder()
            .name(meter.name())
            .help(meter.help())
            .labelNames(names(meter))
            .withoutExemplars()
            .register(registry));
  }

  private Histogram histogram(Meter meter) {
    return keep(
        Histogram.builder()
            .name(meter.name())
            .help(meter.help())
            .labelNames(names(meter))
            .classicOnly()
            .classicUpperBounds(meter.buckets().stream().mapToDouble(Double::doubleValue).toArray())
            .withoutExemplars()
            .register(registry));
  }

  private <C extends Collector> C keep(C collector) {
    registered.add(collector);
    return collector;
  }

  private static String[] names(Meter meter) {
    return meter.labels().toArray(String[]::new);
  }

  @Override
  public void lookUp(Supplier<List<Reading>> source) {
    MultiCollector collector = () -> ReadingSnapshots.of(source.get());
    registry.register(collector);
    lookedUp.add(collector);
  }

  @Override
  public String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
    try {
      writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException | RuntimeException e) { // collectors may be foreign code
      throw new BackbeatException(
          ErrorCode.INTERNAL_ERROR, "the meters cannot be read: " + e.getMessage(), e);
    }
    return out.toString(UTF_8);
  }

  @Override
  public void close() {
    registered.forEach(registry::unregister);
    registered.clear();
    lookedUp.forEach(registry::unregister);
    lookedUp.clear();
  }
}
