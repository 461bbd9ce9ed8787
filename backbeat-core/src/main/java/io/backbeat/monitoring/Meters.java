package io.backbeat.monitoring;

import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps and shows what an engine measures. Port; thread-safe. Called for every job, so recording
 * must be quick; it never waits, and never throws for values of the right number.
 *
 * <p>Meters belong to one engine at a time, and to the caller who made them.
 */
public interface Meters extends AutoCloseable {
  /** Raises a counter. */
  void add(Meter counter, double amount, String... labels);

  /** Sets a gauge. */
  void set(Meter gauge, double value, String... labels);

  /** Puts a value into a histogram. */
  void observe(Meter histogram, double value, String... labels);

  /**
   * Says who knows the values that are looked up when somebody asks for the meters. To be called
   * once; the source answers within seconds and does not throw.
   */
  void lookUp(Supplier<List<Reading>> source);

  /**
   * All meters in the Prometheus text format 0.0.4.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a meter that somebody else put into
   *     the same registry fails
   */
  String text();

  /** Gives back what the meters hold, such as their names in a registry. Idempotent. */
  @Override
  void close();
}
