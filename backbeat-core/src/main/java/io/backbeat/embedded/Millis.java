package io.backbeat.embedded;

import java.time.DateTimeException;
import java.time.Instant;

/** Instants as the file has them. */
final class Millis {
  private Millis() {}

  /** Milliseconds since 1970; the earliest or latest number for what is beyond them. */
  static long of(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
