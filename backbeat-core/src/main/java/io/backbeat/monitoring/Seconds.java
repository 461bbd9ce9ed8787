package io.backbeat.monitoring;

import java.time.Duration;
import java.time.Instant;

/** Times as Prometheus wants them. */
public final class Seconds {
  private Seconds() {}

  /** Seconds since 1970, with milliseconds behind the point. */
  public static double of(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  /** Seconds, never negative: clocks of two machines may disagree. */
  public static double of(Duration took) {
    return Math.max(0, took.toNanos() / 1e9);
  }
}
