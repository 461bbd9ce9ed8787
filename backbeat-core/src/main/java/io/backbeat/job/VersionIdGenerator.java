package io.backbeat.job;

import java.time.Clock;

/**
 * Makes decoded version ids: each sorts before all that were made earlier by the same generator,
 * also when the clock stands still or goes back. Thread-safe. Two generators of one clock need
 * different groups.
 */
public final class VersionIdGenerator {
  private static final long MAX_TIME = 99_999_999_999_999L;
  private static final int MAX_SEQUENCE = 999_999;
  private static final int GROUP = 7;

  private final Clock clock;
  private final String group;
  private long lastMillis;
  private int sequence;

  /**
   * A generator.
   *
   * @param clock gives the time
   * @param replicationGroupId 1 to 7 ASCII characters, padded with spaces to 7
   */
  public VersionIdGenerator(Clock clock, String replicationGroupId) {
    if (!replicationGroupId.matches("[ -~]{1," + GROUP + "}")) {
      throw new IllegalArgumentException(
          "replication group id must be 1 to 7 printable ASCII characters, was \""
              + replicationGroupId
              + "\"");
    }
    this.clock = clock;
    this.group = replicationGroupId + " ".repeat(GROUP - replicationGroupId.length());
  }

  /** A new id of 27 characters. */
  public synchronized String next() {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      sequence = 0;
    } else if (sequence < MAX_SEQUENCE) {
      sequence++;
    } else {
      lastMillis++;
      sequence = 0;
    }
    return digits(MAX_TIME - lastMillis, 14) + digits(MAX_SEQUENCE - sequence, 6) + group;
  }

  private static String digits(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(width - digits.length()) + digits;
  }
}
