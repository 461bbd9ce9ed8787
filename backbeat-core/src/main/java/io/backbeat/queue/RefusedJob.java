package io.backbeat.queue;

import io.backbeat.api.BackbeatException;
import io.backbeat.job.Job;
import java.util.Objects;

/**
 * A job that its queue does not take, however often it is tried.
 *
 * @param job as it was to be queued
 * @param why REQUEST_TOO_LARGE, with the setting that would have to be raised
 */
public record RefusedJob(Job job, BackbeatException why) {
  /** Checks that nothing is null. */
  public RefusedJob {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(why, "why");
  }
}
