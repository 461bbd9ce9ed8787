package io.backbeat.kafka;

import io.backbeat.job.ReplayTopics;
import io.backbeat.task.RetryPolicy;
import java.util.OptionalInt;

/**
 * Translates between attempts made, which we count up, and replays left ({@code replayCount}),
 * which the original counts down. A message that was never replayed has none.
 *
 * @param replays how often a job that has failed is tried again at most
 */
public record ReplayBudget(int replays) {
  /** Checks that the number is not negative. */
  public ReplayBudget {
    if (replays < 0) {
      throw new IllegalArgumentException("replays must be >= 0, was " + replays);
    }
  }

  /**
   * The budget of a deployment: that of its replay topics, or without any that of the policy. So a
   * {@code replayCount} that is left from replay topics which the configuration has no more means
   * something still.
   */
  public static ReplayBudget of(ReplayTopics topics, RetryPolicy policy) {
    int stops = topics.stops().size();
    return new ReplayBudget(stops > 0 ? stops : policy.maxAttempts() - 1);
  }

  /**
   * Attempts made before the message was written, from its replays left. More than there are counts
   * as all of them, as in the original.
   */
  public int attempts(OptionalInt replaysLeft) {
    return replaysLeft.isEmpty()
        ? 0
        : replays - Math.max(0, Math.min(replaysLeft.getAsInt(), replays));
  }

  /** Replays left after so many attempts; none is said before the first. */
  public OptionalInt replaysLeft(int attempts) {
    return attempts == 0 ? OptionalInt.empty() : OptionalInt.of(Math.max(0, replays - attempts));
  }
}
