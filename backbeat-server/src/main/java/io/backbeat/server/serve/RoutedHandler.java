package io.backbeat.server.serve;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each job to who brings objects to its location. Jobs of locations that have nobody wait, as
 * those of a destination that is down: they stay queued, cost no attempt, and health tells why.
 * Thread-safe.
 *
 * @param handlers by location
 */
record RoutedHandler(Map<LocationName, JobHandler> handlers) implements JobHandler {
  RoutedHandler {
    handlers = Map.copyOf(handlers);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws Exception {
    JobHandler handler = handlers.get(job.location());
    return handler == null
        ? new TaskOutcome.DestinationDown(
            job.location()
                + " has no place for its copies; give one in backbeat.replication.locations of the"
                + " configuration, or for a site of CloudServer what it is spoken to with, in"
                + " extensions.replication.source",
            Optional.empty())
        : handler.handle(job, context);
  }
}
