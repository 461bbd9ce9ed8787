package io.backbeat.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A range of time, to the millisecond; a bound that is absent bounds nothing.
 *
 * @param from the first instant in it
 * @param before the first instant behind it
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> before) {
  /** All of time. */
  public static final TimeRange ALWAYS = new TimeRange(Optional.empty(), Optional.empty());

  /** Drops what is finer than milliseconds; checks that the range is not empty. */
  public TimeRange {
    from = from.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    before = before.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
      throw new IllegalArgumentException(
          "a range of time must begin before it ends, was from "
              + from.get()
              + " to before "
              + before.get());
    }
  }

  /** All that is older than an instant. */
  public static TimeRange before(Instant instant) {
    return new TimeRange(Optional.empty(), Optional.of(instant));
  }

  /** Whether an instant lies in the range. */
  public boolean contains(Instant instant) {
    return from.filter(instant::isBefore).isEmpty()
        && before.filter(end -> !instant.isBefore(end)).isEmpty();
  }
}
