package io.backbeat.benchmarks.cloudserver;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** One line per figure, each with the load of the machine, which others may share. */
final class Figure {
  private static final double NANOS = 1e9;

  private Figure() {}

  static void line(String what, String form, Object... values) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf(
        Locale.ROOT,
        "%-52s %s [load %.1f]%n",
        what,
        String.format(Locale.ROOT, form, values),
        load);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  static double seconds(long begin) {
    return (System.nanoTime() - begin) / NANOS;
  }

  /** CPU seconds that this process has used. */
  static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / NANOS;
  }
}
