package io.backbeat.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The object version that has waited longest.
 *
 * @param object which
 * @param since when the client wrote it
 * @param age how long ago that was when the report was made; 0 for a write of the future, as clocks
 *     differ
 */
public record OldestPending(ObjectVersion object, Instant since, Duration age) {
  /** Checks that the age is not negative. */
  public OldestPending {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(since, "since");
    Checks.notNegative(age, "age");
  }
}
