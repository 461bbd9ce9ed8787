package io.backbeat.monitoring;

import java.util.List;

/**
 * The value of a counter or a gauge at the time it was looked up.
 *
 * @param labels values for the labels of the meter, in their order
 */
public record Reading(Meter meter, List<String> labels, double value) {
  /** Checks that labels and meter fit. */
  public Reading {
    labels = List.copyOf(labels);
    meter.requireLabels(labels.toArray(String[]::new));
  }

  /** A value with its labels. */
  public static Reading of(Meter meter, double value, String... labels) {
    return new Reading(meter, List.of(labels), value);
  }
}
