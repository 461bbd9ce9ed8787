package io.backbeat.server.serve;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the jobs of locations that have no place for their copies wait, as those of a destination
 * that is down: they stay queued, cost no attempt, and health tells why. Thread-safe.
 *
 * @param placed locations that have one
 * @param handler runs their jobs
 */
record WaitingDestination(Set<LocationName> placed, JobHandler handler) implements JobHandler {
  WaitingDestination {
    placed = Set.copyOf(placed);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws Exception {
    if (placed.contains(job.location())) {
      return handler.handle(job, context);
    }
    return new TaskOutcome.DestinationDown(
        job.location()
            + " has no place for its copies; give one in backbeat.replication.locations of the configuration",
        Optional.empty());
  }

  /** No location has a place. */
  static JobHandler nowhere() {
    return new WaitingDestination(
        Set.of(),
        (job, context) -> {
          throw new IllegalStateException(job + " has a place where none has");
        });
  }
}
