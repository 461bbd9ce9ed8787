package io.backbeat.populator;

import io.backbeat.job.Job;
import java.util.List;
import java.util.Objects;

/** What a {@link JobPlanner} makes of a log entry. */
public sealed interface Plan {
  /**
   * Jobs to queue, in order.
   *
   * @param jobs at least one
   */
  record Queue(List<Job> jobs) implements Plan {
    /** Copies the list. */
    public Queue {
      jobs = List.copyOf(jobs);
      if (jobs.isEmpty()) {
        throw new IllegalArgumentException("a plan without jobs must be Ignore");
      }
    }
  }

  /**
   * Nothing to do.
   *
   * @param reason the rule that said so; a constant text, for counting
   */
  record Ignore(String reason) implements Plan {
    /** Checks that the reason is not null. */
    public Ignore {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The entry cannot be understood; it is set aside.
   *
   * @param reason what is wrong with it and what would be right
   */
  record Malformed(String reason) implements Plan {
    /** Checks that the reason is not null. */
    public Malformed {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
