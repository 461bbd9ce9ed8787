package io.backbeat.status;

import java.time.Duration;
import java.util.Objects;

/**
 * How much of each history is kept.
 *
 * @param perHistory so many of the newest transitions, at least 1
 * @param age none that is older, more than zero
 */
public record Retention(int perHistory, Duration age) {
  /** 20 transitions, none older than a week. */
  public static final Retention DEFAULT = new Retention(20, Duration.ofDays(7));

  /** Checks the numbers. */
  public Retention {
    Objects.requireNonNull(age, "age");
    if (perHistory < 1) {
      throw new IllegalArgumentException("perHistory must be >= 1, was " + perHistory);
    }
    if (age.isZero() || age.isNegative()) {
      throw new IllegalArgumentException("age must be more than zero, was " + age);
    }
  }
}
