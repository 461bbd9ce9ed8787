package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that keeps a version from reaching a location.
 *
 * @param reason what
 * @param until when it ends by itself; empty if nobody knows, or somebody has to act
 * @param detail more about it, for people; may be empty
 */
public record Blocker(Reason reason, Optional<Instant> until, String detail) {
  /** What can keep a version from a location, and what ends it. */
  public enum Reason {
    /** The location is not one of those configured; nothing runs its jobs until it is. */
    NOT_CONFIGURED,
    /** The location is paused: until it is resumed, by an operator or by its schedule. */
    PAUSED,
    /**
     * The destination as a whole does not work: until it answers the next trial. Known at once to
     * the process that runs the jobs, to others within seconds.
     */
    DESTINATION_DOWN,
    /** The job waits for its next attempt, which comes by itself. */
    NEXT_ATTEMPT,
    /** The job may stand behind others in its queue; {@link UnfinishedJob#queuePosition}. */
    QUEUE,
    /** No attempt is left; until an operator asks for another one. */
    FAILED,
    /** The version is not there and no job is known that would bring it; until one is queued. */
    NO_JOB
  }

  /** Checks that nothing is null, and that a next attempt has a time. */
  public Blocker {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(detail, "detail");
    if (reason == Reason.NEXT_ATTEMPT && until.isEmpty()) {
      throw new IllegalArgumentException("NEXT_ATTEMPT must say until when");
    }
  }

  /** One about which no more is known. */
  public static Blocker of(Reason reason) {
    return new Blocker(reason, Optional.empty(), "");
  }

  /** One that ends by itself. */
  public static Blocker until(Reason reason, Instant end) {
    return new Blocker(reason, Optional.of(end), "");
  }
}
