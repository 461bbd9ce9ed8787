package io.backbeat.monitoring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Something that is measured: its name, kind, labels and meaning. Immutable, has an identity. */
public final class Meter {
  /** How values of a meter come together. */
  public enum Kind {
    /** Only grows while the process lives. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts values by size. */
    HISTOGRAM
  }

  private final Kind kind;
  private final String name;
  private final String help;
  private final List<String> labels;
  private final List<Double> buckets;

  private Meter(Kind kind, String name, String help, List<Double> buckets, String... labels) {
    this.kind = kind;
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
    this.buckets = buckets;
  }

  /** A counter; its name ends with {@code _total}. */
  public static Meter counter(String name, String help, String... labels) {
    return new Meter(Kind.COUNTER, name, help, List.of(), labels);
  }

  /** A gauge. */
  public static Meter gauge(String name, String help, String... labels) {
    return new Meter(Kind.GAUGE, name, help, List.of(), labels);
  }

  /**
   * A histogram.
   *
   * @param buckets upper bounds, ascending, without infinity
   */
  public static Meter histogram(String name, String help, double[] buckets, String... labels) {
    return new Meter(Kind.HISTOGRAM, name, help, DoubleStream.of(buckets).boxed().toList(), labels);
  }

  /** How its values come together. */
  public Kind kind() {
    return kind;
  }

  /** Its name as Prometheus shows it. */
  public String name() {
    return name;
  }

  /** What it means, in one sentence. */
  public String help() {
    return help;
  }

  /** The names of its labels, in the order in which values are given. */
  public List<String> labels() {
    return labels;
  }

  /** Upper bounds of the buckets of a histogram; empty for others. */
  public List<Double> buckets() {
    return buckets;
  }

  /**
   * Checks values for its labels.
   *
   * @throws IllegalArgumentException if there are more or fewer than labels
   */
  public void requireLabels(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(
          name + " has the labels " + labels + ", got " + Arrays.toString(values));
    }
  }

  @Override
  public String toString() {
    return name + labels;
  }
}
