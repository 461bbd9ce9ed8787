package io.backbeat.redis;

import io.backbeat.api.LocationName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sorted sets of failures: one for each location and hour, {@code
 * bb:crr:failed:<location>:<start of the hour in ms>}. Pure. Hours begin in UTC; those of the
 * original in its local time zone, which is the same in containers and wherever the offset is in
 * whole hours.
 */
record FailedKeys(String prefix, boolean testNames) {
  static final int HOURS = 24;
  private static final Duration LIFETIME = Duration.ofHours(HOURS);

  static Instant hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  String of(LocationName location, Instant at) {
    return prefix
        + (testNames ? "test:bb:crr:failed:" : "bb:crr:failed:")
        + location.value()
        + ':'
        + hour(at).toEpochMilli();
  }

  /**
   * The hour of now and the 23 before, newest first; before them the hour to come, because the
   * clock of whoever records may be ahead of ours.
   */
  List<String> day(LocationName location, Instant now) {
    return IntStream.range(-1, HOURS)
        .mapToObj(i -> of(location, now.minus(Duration.ofHours(i))))
        .toList();
  }

  /** A place beside a set, on the same node of a cluster. */
  static String beside(String key) {
    return key.indexOf('{') < 0 && key.indexOf('}') < 0
        ? '{' + key + "}:rebuild"
        : key + ":rebuild";
  }

  /**
   * How long a set of an hour lives on, rounded up to seconds: it ends 24 hours after the hour
   * began. Not positive for one that has ended.
   */
  static long secondsToLive(Instant at, Instant now) {
    long millis = Duration.between(now, hour(at).plus(LIFETIME)).toMillis();
    return Math.floorDiv(millis + 999, 1000L);
  }
}
