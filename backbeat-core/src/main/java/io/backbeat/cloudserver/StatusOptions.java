package io.backbeat.cloudserver;

import java.time.Duration;
import java.util.Objects;

/**
 * How statuses are written through CloudServer.
 *
 * @param concurrency versions that are read or written at a time, at least 1
 * @param window how long a change waits at most for the changes of the other locations of its
 *     version, so that all become one write; zero never waits. Not negative, at most 10 seconds. A
 *     change waits only if this process has jobs of that version for locations that are still
 *     pending
 * @param verify whether versions that are overwritten in place (in buckets without versioning, and
 *     null versions) are read once more after each write, to tell of a client write that came
 *     between reading and writing
 */
public record StatusOptions(int concurrency, Duration window, boolean verify) {
  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(10);

  /** 32 versions at a time, 50 milliseconds, with verification. */
  public static final StatusOptions DEFAULT = new StatusOptions(32, Duration.ofMillis(50), true);

  /** Checks the ranges. */
  public StatusOptions {
    Objects.requireNonNull(window, "window");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be >= 1, was " + concurrency);
    }
    if (window.isNegative() || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "window must be from 0 to " + LONGEST_WINDOW + ", was " + window);
    }
  }

  /** The same with another window. */
  public StatusOptions withWindow(Duration other) {
    return new StatusOptions(concurrency, other, verify);
  }

  /** The same with another number of versions at a time. */
  public StatusOptions withConcurrency(int other) {
    return new StatusOptions(other, window, verify);
  }
}
