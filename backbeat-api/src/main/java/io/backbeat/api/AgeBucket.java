package io.backbeat.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is pending of one age: the time since the client's write.
 *
 * @param from that old at least
 * @param to younger than this; empty for the oldest bucket
 * @param pending how many object versions, and their bytes; never negative
 */
public record AgeBucket(Duration from, Optional<Duration> to, Amount pending) {
  /** Checks that nothing is negative and the end lies behind the beginning. */
  public AgeBucket {
    Checks.notNegative(from, "from");
    Objects.requireNonNull(to, "to");
    if (to.filter(end -> end.compareTo(from) <= 0).isPresent()) {
      throw new IllegalArgumentException("to must be longer than from, " + from + ", was " + to);
    }
    Checks.notNegative(pending.count(), "count");
    Checks.notNegative(pending.size(), "size");
  }
}
