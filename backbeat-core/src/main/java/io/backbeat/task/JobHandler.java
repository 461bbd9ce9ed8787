package io.backbeat.task;

import io.backbeat.job.Job;

/**
 * Runs jobs of one type. Written by an embedder; replication and garbage collection are handlers
 * too. Called from several threads at once, but never for two jobs of one {@code bucket/key} and
 * location at a time.
 *
 * <p>A job may be run more than once (after a crash, or after a rebalance), so running it again
 * must be harmless.
 */
@FunctionalInterface
public interface JobHandler {
  /**
   * Makes one attempt.
   *
   * @return what it came to
   * @throws Exception anything that was not foreseen; counts as {@link TaskOutcome.Retryable}
   * @throws InterruptedException if the engine gives up waiting for the attempt; the job will be
   *     delivered again
   */
  TaskOutcome handle(Job job, JobContext context) throws Exception;
}
