package io.backbeat.queue;

import io.backbeat.job.Job;
import java.util.Objects;

/** A record of a queue, handed to its consumer. */
public sealed interface Delivery {
  /** The partition it came from. */
  int partition();

  /** Its offset there. */
  long offset();

  /** The generation of the assignment it was delivered in. */
  int generation();

  /** A job. */
  record OfJob(Job job, int partition, long offset, int generation) implements Delivery {
    /** Checks that the job is not null. */
    public OfJob {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * A record that is no job.
   *
   * @param value its bytes as they were. Not copied and not to be changed
   * @param reason what is wrong with it
   */
  @SuppressWarnings("ArrayRecordComponent") // set aside and shown, never compared
  record Unreadable(byte[] value, String reason, int partition, long offset, int generation)
      implements Delivery {
    /** Checks that nothing is null. */
    public Unreadable {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
