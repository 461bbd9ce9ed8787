package io.backbeat.embedded;

import java.time.Clock;
import java.util.Objects;

/**
 * How an {@link EmbeddedStore} works. Immutable.
 *
 * @param clock the time written to log entries and used for what expires; default the system's
 * @param partitionsPerQueue partitions of a queue that does not exist yet, 1 to 1000; default 1. An
 *     existing queue keeps its number, because another one would tear the order of keys apart
 * @param readConnections how many reads may run at once, 1 to 64; default 4. More wait
 * @param checkUpToBytes a file up to this size is checked as a whole when it is opened, about one
 *     second for each GiB; a larger one only in its outline (schema, indexes and the ends of every
 *     table); default 1 GiB
 */
public record EmbeddedOptions(
    Clock clock, int partitionsPerQueue, int readConnections, long checkUpToBytes) {
  /** The defaults. */
  public static final EmbeddedOptions DEFAULT =
      new EmbeddedOptions(Clock.systemUTC(), 1, 4, 1L << 30);

  /** Checks the limits. */
  public EmbeddedOptions {
    Objects.requireNonNull(clock, "clock");
    inRange("partitionsPerQueue", partitionsPerQueue, 1, 1000);
    inRange("readConnections", readConnections, 1, 64);
    if (checkUpToBytes < 0) {
      throw new IllegalArgumentException("checkUpToBytes must be >= 0, was " + checkUpToBytes);
    }
  }

  /** The same with another clock. */
  public EmbeddedOptions withClock(Clock other) {
    return new EmbeddedOptions(other, partitionsPerQueue, readConnections, checkUpToBytes);
  }

  /** The same with another number of partitions for queues that do not exist yet. */
  public EmbeddedOptions withPartitionsPerQueue(int partitions) {
    return new EmbeddedOptions(clock, partitions, readConnections, checkUpToBytes);
  }

  /** The same with another limit for the check of the whole file. */
  public EmbeddedOptions withCheckUpToBytes(long bytes) {
    return new EmbeddedOptions(clock, partitionsPerQueue, readConnections, bytes);
  }

  private static void inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be from " + min + " to " + max + ", was " + value);
    }
  }
}
