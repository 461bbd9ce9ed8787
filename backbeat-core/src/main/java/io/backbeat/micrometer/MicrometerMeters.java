package io.backbeat.micrometer;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Meters;
import io.backbeat.monitoring.Reading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * Meters in a Micrometer registry, next to those of the embedder. Names and labels are those of
 * {@link io.backbeat.monitoring.EngineMeters}, without a rewrite of ours; what the registry makes
 * of them is its own convention, and one for Prometheus shows them as they are. Histograms of
 * seconds are timers, others distribution summaries; a bucket that ends at 0 ends at the least
 * positive number instead.
 *
 * <p>Values that are looked up show themselves from the second time on that somebody asks for the
 * meters, and are at most a second old. A registry takes the meters of one engine; {@link #close}
 * takes them out again. Thread-safe.
 */
public final class MicrometerMeters implements Meters {
  private final Registered registered;
  private final Supplier<String> text;
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Series, AtomicLong> gauges = new ConcurrentHashMap<>();
  private final Map<Series, DoubleConsumer> histograms = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<LookedUp> lookedUp = new ConcurrentLinkedQueue<>();

  private MicrometerMeters(MeterRegistry registry, Supplier<String> text) {
    this.registered = new Registered(registry);
    this.text = text;
  }

  /**
   * Meters in a registry that the caller shows; {@link #text} says so.
   *
   * @param registry the caller's, to be closed after the meters
   */
  public static MicrometerMeters in(MeterRegistry registry) {
    return new MicrometerMeters(
        registry,
        () -> {
          throw new BackbeatException(
              ErrorCode.INTERNAL_ERROR,
              "the meters are in a Micrometer registry, which has no text: ask for them where that"
                  + " registry is shown, or make them with MicrometerMeters.in(registry,"
                  + " registry::scrape)");
        });
  }

  /**
   * Meters in a registry that can be shown as text.
   *
   * @param registry the caller's, to be closed after the meters
   * @param text all meters of the registry in the Prometheus text format 0.0.4, such as {@code
   *     PrometheusMeterRegistry::scrape}
   */
  public static MicrometerMeters in(MeterRegistry registry, Supplier<String> text) {
    return new MicrometerMeters(registry, text);
  }

  @Override
  public void add(Meter meter, double amount, String... labels) {
    counters.computeIfAbsent(Series.of(meter, labels), registered::counter).increment(amount);
  }

  @Override
  public void set(Meter meter, double value, String... labels) {
    gauges
        .computeIfAbsent(Series.of(meter, labels), this::gauge)
        .set(Double.doubleToRawLongBits(value));
  }

  private AtomicLong gauge(Series series) {
    AtomicLong bits = new AtomicLong(Double.doubleToRawLongBits(0));
    registered.gauge(series, () -> Double.longBitsToDouble(bits.get()));
    return bits;
  }

  @Override
  public void observe(Meter meter, double value, String... labels) {
    histograms.computeIfAbsent(Series.of(meter, labels), registered::histogram).accept(value);
  }

  @Override
  public void lookUp(Supplier<List<Reading>> source) {
    LookedUp values = new LookedUp(source, registered, System::nanoTime);
    lookedUp.add(values);
    values.begin();
  }

  @Override
  public String text() {
    return text.get();
  }

  @Override
  public void close() {
    lookedUp.forEach(LookedUp::close);
    lookedUp.clear();
    registered.removeAll();
    counters.clear();
    gauges.clear();
    histograms.clear();
  }
}
