package io.backbeat.redis;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a message asks of a location.
 *
 * <p>One with a revision tells of a desired state that is written already: a hint to read it again.
 * One without comes from the original, which leaves the writing to whoever hears it.
 */
public sealed interface LocationCommand {
  /** The revision of the desired state that was written; empty if none was. */
  OptionalLong revision();

  /** Start no new jobs. */
  record Pause(OptionalLong revision) implements LocationCommand {
    /** Checks that nothing is null. */
    public Pause {
      Objects.requireNonNull(revision, "revision");
    }
  }

  /** Run jobs again. */
  record Resume(OptionalLong revision) implements LocationCommand {
    /** Checks that nothing is null. */
    public Resume {
      Objects.requireNonNull(revision, "revision");
    }
  }

  /**
   * Run jobs again later.
   *
   * @param date when; on the wire in milliseconds
   */
  record ResumeAt(Instant date, OptionalLong revision) implements LocationCommand {
    /** Checks that nothing is null. */
    public ResumeAt {
      Objects.requireNonNull(date, "date");
      Objects.requireNonNull(revision, "revision");
    }
  }

  /** Forget the schedule; a pause goes on. */
  record CancelResume(OptionalLong revision) implements LocationCommand {
    /** Checks that nothing is null. */
    public CancelResume {
      Objects.requireNonNull(revision, "revision");
    }
  }
}
