package io.backbeat.benchmarks.cluster;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** One line per figure, each with the load of the machine, which others may share. */
final class Figure {
  private Figure() {}

  static void line(String what, String measured) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf(Locale.ROOT, "%-48s %s [load %.1f]%n", what, measured, load);
  }

  static void rate(String what, double perSecond, String unit) {
    line(what, String.format(Locale.ROOT, "%,10.0f %s/s", perSecond, unit));
  }

  static void share(String what, double of, double whole, String goal) {
    line(what, String.format(Locale.ROOT, "%9.0f %% (goal: %s)", 100 * of / whole, goal));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** What is in the heap after a collection, in MiB. */
  static long liveHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
