package io.backbeat.task;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What one attempt at a job came to. */
public sealed interface TaskOutcome {
  /** Kind of error of a handler that threw. */
  String UNEXPECTED_ERROR = "UnexpectedError";

  /**
   * Done.
   *
   * @param dataStoreVersionId the version id the destination gave to its copy; empty if none
   */
  record Replicated(String dataStoreVersionId) implements TaskOutcome {
    /** Done, by a destination without version ids. */
    public static final Replicated WITHOUT_VERSION = new Replicated("");

    /** Checks that the id is not null. */
    public Replicated {
      Objects.requireNonNull(dataStoreVersionId, "dataStoreVersionId");
    }
  }

  /**
   * Not done, and not to be done: the source is not what the job speaks of.
   *
   * @param reason why
   * @param detail for people
   */
  record Skipped(SkipReason reason, String detail) implements TaskOutcome {
    /** Checks that nothing is null. */
    public Skipped {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /**
   * Failed; another attempt may help. Costs one attempt of the job's budget.
   *
   * @param errorClass a short, stable name of the kind of error
   * @param message what happened, for people
   * @param retryAfter no attempt before that, if the destination said so
   */
  record Retryable(String errorClass, String message, Optional<Duration> retryAfter)
      implements TaskOutcome {
    /** Checks that nothing is null. */
    public Retryable {
      Objects.requireNonNull(errorClass, "errorClass");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }

  /**
   * Failed for good: another attempt cannot help unless someone changes something.
   *
   * @param errorClass a short, stable name of the kind of error
   * @param message what happened, for people
   */
  record Rejected(String errorClass, String message) implements TaskOutcome {
    /** Checks that nothing is null. */
    public Rejected {
      Objects.requireNonNull(errorClass, "errorClass");
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * The destination as a whole does not work. Costs the job nothing; the location's circuit breaker
   * opens.
   *
   * @param message what happened, for people
   * @param retryAfter when the destination asked to be left alone until then
   */
  record DestinationDown(String message, Optional<Duration> retryAfter) implements TaskOutcome {
    /** Checks that nothing is null. */
    public DestinationDown {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
