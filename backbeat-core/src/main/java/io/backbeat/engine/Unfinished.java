package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.status.JobState;
import java.util.Map;
import java.util.Objects;

/**
 * What an engine's stores still have to do.
 *
 * @param logLag log entries that are not turned into jobs yet
 * @param jobs unfinished replication jobs by location and state
 */
public record Unfinished(long logLag, Map<LocationName, Map<JobState, Long>> jobs) {
  /** Checks that nothing is null. */
  public Unfinished {
    Objects.requireNonNull(jobs, "jobs");
  }

  /** How many jobs of a location are in a state. */
  public long jobs(LocationName location, JobState state) {
    return jobs.getOrDefault(location, Map.of()).getOrDefault(state, 0L);
  }

  /**
   * Whether nothing will happen by itself any more: the log is read, and no job is queued or waits
   * for another attempt.
   */
  public boolean settled() {
    return logLag == 0
        && jobs.values().stream()
            .allMatch(
                states ->
                    states.getOrDefault(JobState.QUEUED, 0L) == 0
                        && states.getOrDefault(JobState.WAITING, 0L) == 0);
  }
}
