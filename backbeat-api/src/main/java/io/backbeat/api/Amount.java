package io.backbeat.api;

/**
 * A number of operations and the bytes they stand for. On the wire {@code {"count":N,"size":N}}.
 *
 * @param count operations; may be negative for raw pending counters
 * @param size bytes; may be negative for raw pending counters
 */
public record Amount(long count, long size) {
  /** Nothing. */
  public static final Amount ZERO = new Amount(0, 0);

  /** The sum of both. */
  public Amount plus(Amount other) {
    return new Amount(count + other.count, size + other.size);
  }

  /** The same with negative fields replaced by 0. */
  public Amount notNegative() {
    return new Amount(Math.max(0, count), Math.max(0, size));
  }
}
