package io.backbeat.status;

import io.backbeat.job.JobEvent;
import java.time.Instant;
import java.util.List;

/**
 * Takes over what has become of jobs. When a call returns, their offsets may be committed: whatever
 * is still to be done about them is durable, here or in a queue of its own.
 *
 * <p>{@link #settle} is called by one thread at a time; {@link #drop} may be called at the same
 * time.
 */
public interface OutcomeSettler {
  /**
   * Settles attempts.
   *
   * @return what to tell now, in order; empty if whoever settles them in the end will tell it
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again with the same attempts is safe
   */
  List<JobEvent> settle(List<FinishedAttempt> attempts);

  /**
   * Gives up jobs that need no attempt.
   *
   * @return what to tell now, in order
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again is safe
   */
  List<JobEvent> drop(List<NeedlessJob> needless, Instant at);
}
