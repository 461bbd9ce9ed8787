package io.backbeat.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a destination of replication is behind. What is pending, and how old it is, is read from
 * the ledger of jobs and is exact, also after a crash; the rates and the replication times are
 * counted and may miss the last moments before a crash.
 *
 * <p>Pending is an object version whose job is queued, being run, or waiting for another attempt. A
 * version is pending from when its change was read from the metadata log; what the log holds beyond
 * that is told by the health and the meters of the populator. A version that failed for good is not
 * pending: it waits for a decision.
 *
 * @param location which destination
 * @param at when the ledger was read; ages are as of then
 * @param oldest what has waited longest; empty if nothing is pending
 * @param ages what is pending by age, youngest first, without gaps
 * @param failed versions that failed for good
 * @param times replication times; empty if nothing was completed within the window
 * @param arrivals versions queued for the first time
 * @param completions versions completed
 * @param catchUp when it will have caught up
 * @param paused whether an operator paused it
 * @param down whether the process that was asked has found the destination down; a process that
 *     does not run the jobs of the location cannot know, and says false
 */
public record LagReport(
    LocationName location,
    Instant at,
    Optional<OldestPending> oldest,
    List<AgeBucket> ages,
    long failed,
    Optional<ReplicationTimes> times,
    Rate arrivals,
    Rate completions,
    CatchUp catchUp,
    boolean paused,
    boolean down) {
  /** Checks that the buckets follow each other. */
  public LagReport {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(oldest, "oldest");
    ages = List.copyOf(ages);
    for (int i = 1; i < ages.size(); i++) {
      if (!ages.get(i - 1).to().equals(Optional.of(ages.get(i).from()))) {
        throw new IllegalArgumentException("ages must follow each other without gaps: " + ages);
      }
    }
    Checks.notNegative(failed, "failed");
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(arrivals, "arrivals");
    Objects.requireNonNull(completions, "completions");
    Objects.requireNonNull(catchUp, "catchUp");
  }

  /** All that is pending. */
  public Amount pending() {
    return ages.stream().map(AgeBucket::pending).reduce(Amount.ZERO, Amount::plus);
  }
}
