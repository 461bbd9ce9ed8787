package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@link BulkRequest} under way, or what became of it.
 *
 * @param id 1 to 64 of a-z, 0-9 and {@code -}; {@value #SWEEP} is the search for lost jobs that
 *     runs by itself from time to time
 * @param request what it is to do
 * @param state where it stands
 * @param plan what there is to do, counted before anything is queued; grows while PLANNING. Nothing
 *     for the sweep, which does not count beforehand
 * @param progress what was done so far
 * @param listedPerSecond how fast it goes through the list now; 0 when it does not, or nobody knows
 *     yet
 * @param endsAt when it will have ended at this rate; empty when nobody can tell
 * @param createdAt when it was asked for
 * @param endedAt when it was DONE, CANCELLED or FAILED; empty before
 * @param error why it FAILED, or what is in its way: an error after which it is tried again, or
 *     that no process works on it; else empty
 */
public record BulkTask(
    String id,
    BulkRequest request,
    State state,
    BulkCounts plan,
    BulkCounts progress,
    double listedPerSecond,
    Optional<Instant> endsAt,
    Instant createdAt,
    Optional<Instant> endedAt,
    String error) {
  /** The id of the search for lost jobs. */
  public static final String SWEEP = "sweep";

  /** Where a task stands. */
  public enum State {
    /** Counts what there is to do. */
    PLANNING,
    /** Queues operations. */
    RUNNING,
    /** Stopped by an operator; goes on from there when resumed. */
    PAUSED,
    /** Ended by an operator; what was queued stays queued. */
    CANCELLED,
    /** Went through all there is; a dry run, when it has counted. */
    DONE,
    /** Cannot go on; see {@link BulkTask#error}. */
    FAILED;

    /** Whether nothing happens any more. */
    public boolean ended() {
      return this == CANCELLED || this == DONE || this == FAILED;
    }
  }

  /** Checks the id, and that an end is told exactly of what has ended. */
  public BulkTask {
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "the id of a task must be 1 to 64 of a-z, 0-9 and -, was \"" + id + "\"");
    }
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(endsAt, "endsAt");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(error, "error");
    if (endedAt.isPresent() != state.ended()) {
      throw new IllegalArgumentException(
          "endedAt must be present exactly when a task has ended, was "
              + endedAt
              + " while "
              + state);
    }
  }

  /** Whether nothing happens any more. */
  public boolean ended() {
    return state.ended();
  }
}
