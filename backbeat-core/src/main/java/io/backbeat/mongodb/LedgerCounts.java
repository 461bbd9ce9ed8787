package io.backbeat.mongodb;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.status.JobState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts of the ledger, not older than a configured age. Whoever asks while they are counted waits
 * for that count. Thread-safe.
 */
final class LedgerCounts {
  private record Counted(Map<LocationName, Map<JobState, Long>> counts, long at) {}

  private final Function<JobType, Map<LocationName, Map<JobState, Long>>> count;
  private final long ageNanos;
  private final Map<JobType, Counted> known = new HashMap<>();

  LedgerCounts(Function<JobType, Map<LocationName, Map<JobState, Long>>> count, Duration age) {
    this.count = count;
    this.ageNanos = age.toNanos();
  }

  synchronized Map<LocationName, Map<JobState, Long>> of(JobType type) {
    Counted before = known.get(type);
    // Elapsed time, which no change of the clock can lengthen.
    if (before != null && System.nanoTime() - before.at() < ageNanos) {
      return before.counts();
    }
    long at = System.nanoTime();
    Counted now = new Counted(Map.copyOf(count.apply(type)), at);
    known.put(type, now);
    return now.counts();
  }
}
