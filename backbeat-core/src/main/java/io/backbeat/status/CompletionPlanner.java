package io.backbeat.status;

import io.backbeat.job.Job;
import java.util.List;

/** Decides which jobs follow when a version has reached all its destinations. Pure. */
@FunctionalInterface
public interface CompletionPlanner {
  /** Nothing follows. */
  CompletionPlanner NONE = lastJob -> List.of();

  /**
   * The jobs that follow the last job of a version; they are queued before that job is forgotten.
   */
  List<Job> afterCompletion(Job lastJob);
}
