package io.backbeat.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of intervals that are over, as they were read a moment ago. Only a late message or
 * another process changes one; such a change shows {@link #MAX_AGE} later at most, in a sum over a
 * day. What this process adds shows at once. Bounded; thread-safe.
 */
final class ClosedIntervals {
  /** How stale a number can be. */
  static final Duration MAX_AGE = Duration.ofSeconds(5);

  private static final int MAX_SERIES = 1_000;

  /** Numbers of one series: those of index 2 and later as seen from {@code current}. */
  private static final class Remembered {
    private final Instant current;
    private final long[] numbers;
    private final Instant readAt;

    Remembered(Instant current, long[] numbers, Instant readAt) {
      this.current = current;
      this.numbers = numbers;
      this.readAt = readAt;
    }

    boolean holds(Instant wanted, int count) {
      return current.equals(wanted) && numbers.length >= count;
    }

    boolean isFresh(Instant now) {
      return !readAt.isAfter(now) && readAt.plus(MAX_AGE).isAfter(now);
    }
  }

  private final Clock clock;
  private final Map<String, Remembered> series =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MAX_SERIES;
        }
      };

  ClosedIntervals(Clock clock) {
    this.clock = clock;
  }

  /** What is known of at least {@code count} closed intervals; not to be changed. */
  synchronized Optional<long[]> get(String name, Instant current, int count) {
    Instant now = clock.instant();
    return Optional.ofNullable(series.get(name))
        .filter(r -> r.holds(current, count) && r.isFresh(now))
        .map(r -> r.numbers);
  }

  synchronized void put(String name, Instant current, long[] numbers) {
    series.put(name, new Remembered(current, numbers, clock.instant()));
  }

  synchronized void forget(String name) {
    series.remove(name);
  }
}
