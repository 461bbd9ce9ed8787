package io.backbeat.server.operate;

import io.backbeat.server.terminal.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as people read them, in UTC as in logs. */
final class Moments {
  private Moments() {}

  /** To the second. */
  static String at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same; {@code -} for one that nobody recorded. */
  static String recorded(Instant instant) {
    return instant.equals(Instant.EPOCH) ? "-" : at(instant);
  }

  /** With how far away it is. */
  static String ahead(Instant instant, Instant now) {
    Duration left = Duration.between(now, instant);
    return at(instant) + (left.isNegative() ? " (now)" : " (in " + Texts.duration(left) + ')');
  }
}
