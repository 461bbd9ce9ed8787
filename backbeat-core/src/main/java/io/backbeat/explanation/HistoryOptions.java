package io.backbeat.explanation;

import io.backbeat.status.Retention;
import java.util.Objects;

/**
 * What an engine keeps of what happened to jobs, for {@link
 * io.backbeat.api.ObjectOperations#explain}.
 *
 * @param detail which jobs
 * @param retention how much of each history
 */
public record HistoryOptions(Detail detail, Retention retention) {
  /** Which jobs have a history. */
  public enum Detail {
    /** None. */
    NOTHING,
    /**
     * Those that something went wrong with. A job that is queued and completed at its first attempt
     * leaves nothing, so that a history costs nothing while all is well; once there is a history,
     * everything that happens is added to it.
     */
    TROUBLE,
    /** All. Costs a write for each step of each job. */
    EVERYTHING
  }

  /** Jobs with trouble, as {@link Retention#DEFAULT} says. */
  public static final HistoryOptions DEFAULT =
      new HistoryOptions(Detail.TROUBLE, Retention.DEFAULT);

  /** No histories. */
  public static final HistoryOptions OFF = new HistoryOptions(Detail.NOTHING, Retention.DEFAULT);

  /** Checks that nothing is null. */
  public HistoryOptions {
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(retention, "retention");
  }
}
