package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import java.time.Duration;
import java.util.List;

/** How long one version took to a location, from the client's write to COMPLETED. */
record TimeSample(LocationName location, Duration time) {
  /**
   * The times that some events tell: one for each replication job that was completed. Pure. The
   * time counts from the client's write, also for a job that was retried or made long after it: so
   * long has the version been missing.
   */
  static List<TimeSample> of(List<JobEvent> events) {
    return events.stream()
        .filter(event -> event instanceof JobEvent.Completed)
        .filter(event -> event.job().key().type().equals(JobType.REPLICATION))
        .map(
            event ->
                new TimeSample(
                    event.job().location(), Duration.between(event.job().createdAt(), event.at())))
        .toList();
  }
}
