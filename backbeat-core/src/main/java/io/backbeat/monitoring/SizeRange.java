package io.backbeat.monitoring;

import java.util.List;

/** The label of a content length: one of 18 ranges, whose ends grow in steps of about three. */
final class SizeRange {
  private static final long KB = 1_000;
  private static final List<String> ENDS =
      List.of(
          "10KB", "30KB", "100KB", "300KB", "1MB", "3MB", "10MB", "30MB", "100MB", "300MB", "1GB",
          "3GB", "10GB", "30GB", "100GB", "300GB", "1TB");

  private SizeRange() {}

  /**
   * {@code <10KB}, {@code 10KB..30KB} and so on to {@code >1TB}; an end belongs to the next one.
   */
  static String of(long bytes) {
    long end = 10 * KB;
    for (int i = 0; i < ENDS.size(); i++) {
      if (bytes < end) {
        return i == 0 ? "<" + ENDS.get(0) : ENDS.get(i - 1) + ".." + ENDS.get(i);
      }
      end = i % 2 == 0 ? end * 3 : end / 3 * 10;
    }
    return ">" + ENDS.get(ENDS.size() - 1);
  }
}
