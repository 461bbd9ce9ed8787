package io.backbeat.health;

import io.backbeat.queue.PartitionLag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Remembers since when partitions of a queue stand still: there were records all the time, they
 * were to be dealt with, none was committed, and no attempt told that it gets on. Knows time only
 * from the looks it is told of. Not thread-safe.
 */
public final class PartitionProgress {
  /**
   * What is seen of a queue at one moment.
   *
   * @param lag its partitions
   * @param signs the partitions that this process holds, each with a number that changes whenever
   *     an attempt of one of its jobs gets on; others are someone else's
   * @param working whether jobs are meant to be run at full speed
   * @param full whether there is no room for more jobs, so that a partition may have to wait for
   *     those of another
   */
  public record Look(
      List<PartitionLag> lag, SortedMap<Integer, Long> signs, boolean working, boolean full) {
    /** Copies what can be changed. */
    public Look {
      lag = List.copyOf(lag);
      signs = new TreeMap<>(signs);
    }
  }

  /**
   * A partition that stands still.
   *
   * @param partition how far it is dealt with
   * @param since when it was first seen there
   */
  public record Standing(PartitionLag partition, Instant since) {}

  private record Mark(long committed, long signs, long allSigns, Instant since) {}

  private final Duration stallAfter;
  private final Map<Integer, Mark> marks = new HashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param stallAfter how long a partition must have been seen at one place to stand still;
   *     positive
   */
  public PartitionProgress(Duration stallAfter) {
    if (stallAfter.isNegative() || stallAfter.isZero()) {
      throw new IllegalArgumentException("stallAfter must be positive, was " + stallAfter);
    }
    this.stallAfter = stallAfter;
  }

  /** Takes a look into account. Returns the partitions that stand still, by number. */
  public List<Standing> look(Look seen, Instant now) {
    if (!seen.working()) {
      marks.clear();
      return List.of();
    }
    long allSigns = seen.signs().values().stream().mapToLong(Long::longValue).sum();
    Map<Integer, Mark> before = new HashMap<>(marks);
    marks.clear();
    List<Standing> standing = new ArrayList<>();
    for (PartitionLag partition : seen.lag()) {
      Long signs = seen.signs().get(partition.partition());
      if (signs == null || partition.records() == 0) {
        continue;
      }
      Mark fresh = new Mark(partition.committed(), signs, allSigns, now);
      Mark known = before.get(partition.partition());
      Mark mark = known != null && stands(known, fresh, seen.full()) ? known : fresh;
      marks.put(partition.partition(), mark);
      if (Duration.between(mark.since(), now).compareTo(stallAfter) >= 0) {
        standing.add(new Standing(partition, mark.since()));
      }
    }
    return standing;
  }

  /** Where all room is taken by jobs that get on, the others are waiting for them. */
  private static boolean stands(Mark before, Mark now, boolean full) {
    return before.committed() == now.committed()
        && before.signs() == now.signs()
        && !(full && before.allSigns() != now.allSigns());
  }

  /** Forgets everything: each partition gets its time again. */
  public void reset() {
    marks.clear();
  }
}
