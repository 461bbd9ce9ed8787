package io.backbeat.status;

import io.backbeat.job.JobEvent;
import java.util.List;

/**
 * Tells other processes, durably, of jobs that failed for good. Called after the status of their
 * versions is written and before they are entered into the ledger as failed, and so before their
 * offsets are committed.
 */
@FunctionalInterface
public interface FailureNotices {
  /** Nobody else wants to know. */
  FailureNotices NONE = failures -> {};

  /**
   * Tells of failures, in order; durable on return. An exception makes the settling of the whole
   * batch be repeated, so the same failure may be told more than once.
   *
   * @param failures at least one
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the receiver does not answer; a
   *     retry is safe
   */
  void failed(List<JobEvent.Failed> failures);
}
