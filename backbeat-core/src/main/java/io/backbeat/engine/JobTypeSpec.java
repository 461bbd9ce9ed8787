package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.populator.JobPlanner;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailureNotices;
import io.backbeat.task.JobHandler;
import java.util.List;
import java.util.Optional;

/**
 * One registered job type: which queues it has, who plans its jobs, who runs them, and who hears of
 * those that failed for good.
 */
record JobTypeSpec(
    JobType type,
    List<LocationName> locations,
    Optional<JobPlanner> planner,
    JobHandler handler,
    FailureNotices notices) {
  JobTypeSpec {
    locations = List.copyOf(locations);
    if (locations.isEmpty()) {
      throw new IllegalArgumentException("job type " + type + " needs at least one location");
    }
  }

  /** Its queues, each once. */
  List<QueueName> queues() {
    return locations.stream().map(location -> new QueueName(type, location)).distinct().toList();
  }
}
