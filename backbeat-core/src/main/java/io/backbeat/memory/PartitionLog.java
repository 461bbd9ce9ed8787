package io.backbeat.memory;

import io.backbeat.job.Job;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one partition that are not committed, at their offsets. A ring that grows and shrinks
 * with its content, so memory follows the backlog. Not thread-safe; appending and reading take
 * O(1), amortized.
 */
final class PartitionLog {
  private static final int SMALLEST = 16;

  /** Length is a power of two; the job at an offset is at the offset's low bits. */
  private @Nullable Job[] ring = new @Nullable Job[SMALLEST];

  /** Of round trips under way. */
  private final Set<Object> markers = new HashSet<>();

  private long committed;
  private long end;

  /** The offset of the first job that is not committed. */
  long committed() {
    return committed;
  }

  /** The offset the next job will get. */
  long end() {
    return end;
  }

  long backlog() {
    return end - committed;
  }

  /** Live; what is in it is no job and never delivered. */
  Set<Object> markers() {
    return markers;
  }

  /** How many jobs fit before the ring grows. */
  int capacity() {
    return ring.length;
  }

  void append(Job job) {
    if (backlog() == ring.length) {
      resize(Math.multiplyExact(ring.length, 2));
    }
    ring[index(end, ring)] = job;
    end++;
  }

  /** The job at an offset from {@link #committed} up to but not {@link #end}. */
  Job get(long offset) {
    Objects.checkIndex(offset - committed, backlog());
    return Objects.requireNonNull(ring[index(offset, ring)]);
  }

  /** Forgets the jobs before an offset; one that is already forgotten changes nothing. */
  void commit(long nextOffset) {
    if (nextOffset > end) {
      throw new IllegalArgumentException(
          "offset " + nextOffset + " is beyond the end of the partition, " + end);
    }
    while (committed < nextOffset) {
      ring[index(committed, ring)] = null;
      committed++;
    }
    if (ring.length > SMALLEST && backlog() < ring.length / 8) {
      resize(smallestFor(backlog()));
    }
  }

  /** Twice what is held, so that neither growing nor shrinking comes again soon. */
  private static int smallestFor(long held) {
    return Math.max(SMALLEST, Integer.highestOneBit((int) held + 1) * 4);
  }

  private void resize(int length) {
    @Nullable Job[] resized = new @Nullable Job[length];
    for (long offset = committed; offset < end; offset++) {
      resized[index(offset, resized)] = ring[index(offset, ring)];
    }
    ring = resized;
  }

  private static int index(long offset, @Nullable Job[] ring) {
    return (int) (offset & (ring.length - 1));
  }
}
