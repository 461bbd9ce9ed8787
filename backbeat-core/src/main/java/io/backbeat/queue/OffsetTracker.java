package io.backbeat.queue;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Completion out of order, commit in order, for one assignment of one partition.
 *
 * <p>An offset may be committed when it and everything before it is complete. A job that does not
 * end therefore holds back the commit of its partition, and what comes after it is delivered again
 * after a crash; nothing is lost.
 *
 * <p>Owned by one thread, not thread-safe: whoever polls also begins, completes and commits, and
 * workers hand their outcomes to that thread. Every method takes O(log n) with n unfinished
 * offsets, except that a re-delivery drops the k unfinished offsets it replaces in O(k log n).
 * Memory grows with the unfinished offsets, not with the distance between the first of them and the
 * last.
 */
public final class OffsetTracker {
  /**
   * All are at most {@link #latest}, because an offset that is not the next one first removes those
   * at or above it.
   */
  private final TreeSet<Long> unfinished = new TreeSet<>();

  private long latest;
  private boolean begun;

  /** Creates a tracker of a partition of which nothing was delivered yet. */
  public OffsetTracker() {}

  /**
   * Notes that the job at this offset was delivered. An offset that does not follow the one before
   * it means that the partition was assigned anew and is read from there: unfinished offsets at or
   * above it are forgotten, as they will be delivered again.
   *
   * @throws IllegalArgumentException if the offset is negative
   */
  public void begin(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset must be >= 0, was " + offset);
    }
    if (begun && offset != latest + 1) {
      unfinished.tailSet(offset, true).clear();
    }
    unfinished.add(offset);
    latest = offset;
    begun = true;
  }

  /**
   * Notes that the job at this offset is dealt with. An offset that is not in progress changes
   * nothing.
   *
   * @return what may be committed now, as {@link #committable()}
   */
  public OptionalLong complete(long offset) {
    unfinished.remove(offset);
    return committable();
  }

  /**
   * The offset to read on from after a restart: the lowest unfinished one, or the one after the
   * latest when all are complete.
   *
   * @return empty if nothing was ever delivered
   */
  public OptionalLong committable() {
    if (!begun) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(unfinished.isEmpty() ? latest + 1 : unfinished.first());
  }

  /** How many delivered offsets are not complete. */
  public int inFlight() {
    return unfinished.size();
  }

  /** The unfinished offsets in short, for messages. */
  @Override
  public String toString() {
    return begun
        ? inFlight() + " in flight, committable " + committable().getAsLong()
        : "nothing delivered";
  }
}
