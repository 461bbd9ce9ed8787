package io.backbeat.api;

/**
 * How far the copy of one object version to one location is.
 *
 * @param pending bytes still to be copied; negative if more was copied than announced (a repeated
 *     copy)
 * @param completed bytes copied in the last 24 hours
 */
public record ObjectProgress(long pending, long completed) {
  /**
   * Copied share of all announced bytes, 0 when nothing was announced; 1.0 is all, more is possible
   * after repeats.
   */
  public double ratio() {
    long total = pending + completed;
    return total == 0 ? 0 : (double) completed / total;
  }
}
