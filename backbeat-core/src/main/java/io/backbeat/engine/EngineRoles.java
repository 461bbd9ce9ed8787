package io.backbeat.engine;

import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import java.util.Set;

/** Which queues the roles of an engine are about. */
final class EngineRoles {
  private EngineRoles() {}

  /** Whether an engine with these roles runs the jobs of a queue. */
  static boolean runs(Set<Role> roles, QueueName queue) {
    return roles.contains(
        queue.type().equals(JobType.GARBAGE_COLLECTION) ? Role.GC : Role.PROCESSOR);
  }
}
