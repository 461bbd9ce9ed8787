package io.backbeat.status;

import io.backbeat.api.Amount;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How old unfinished jobs are.
 *
 * @param amounts jobs and their bytes by {@link io.backbeat.job.Job#createdAt}: first those later
 *     than the first bound, then those between one bound and the next, and last those not later
 *     than the last bound
 * @param oldest one with the earliest time; empty if there are none
 */
public record JobAges(List<Amount> amounts, Optional<Oldest> oldest) {
  /**
   * The job that was created first.
   *
   * @param object what it is about
   * @param createdAt when the client write happened
   */
  public record Oldest(ObjectVersion object, Instant createdAt) {
    /** Checks that nothing is null. */
    public Oldest {
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(createdAt, "createdAt");
    }
  }

  /** Copies the amounts. */
  public JobAges {
    amounts = List.copyOf(amounts);
    Objects.requireNonNull(oldest, "oldest");
  }

  /**
   * Checks bounds: at least one, each earlier than the one before.
   *
   * @throws IllegalArgumentException if they are not so
   */
  public static void requireBounds(List<Instant> bounds) {
    boolean descending = !bounds.isEmpty();
    for (int i = 1; i < bounds.size(); i++) {
      descending &= bounds.get(i).isBefore(bounds.get(i - 1));
    }
    if (!descending) {
      throw new IllegalArgumentException(
          "bounds must be one or more, each earlier than the one before, were " + bounds);
    }
  }

  /** Which of the amounts a job belongs to. */
  public static int bucket(Instant createdAt, List<Instant> bounds) {
    int bucket = 0;
    while (bucket < bounds.size() && !createdAt.isAfter(bounds.get(bucket))) {
      bucket++;
    }
    return bucket;
  }

  /** No jobs: as many zeros as that many bounds make. */
  public static Amount[] zeros(List<Instant> bounds) {
    Amount[] zeros = new Amount[bounds.size() + 1];
    Arrays.fill(zeros, Amount.ZERO);
    return zeros;
  }
}
