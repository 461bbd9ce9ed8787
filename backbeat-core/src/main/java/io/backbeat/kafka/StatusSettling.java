package io.backbeat.kafka;

import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusStore;
import io.backbeat.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settles what the status topic tells, a poll at a time, in the order of each partition and so of
 * each key.
 */
final class StatusSettling implements TopicHandler<StatusNews> {
  private final OutcomeSettler settler;
  private final StatusStore statuses;
  private final FailedJobStore ledger;
  private final Consumer<List<JobEvent>> events;

  StatusSettling(
      OutcomeSettler settler,
      StatusStore statuses,
      FailedJobStore ledger,
      Consumer<List<JobEvent>> events) {
    this.settler = settler;
    this.statuses = statuses;
    this.ledger = ledger;
    this.events = events;
  }

  @Override
  public void handle(List<TopicRun<StatusNews>> runs) {
    List<FinishedAttempt> attempts = new ArrayList<>();
    List<StatusChange> changes = new ArrayList<>();
    List<JobEvent> told = new ArrayList<>();
    for (TopicRun<StatusNews> run : runs) {
      for (TopicRecord<StatusNews> message : run.records()) {
        if (message.value() instanceof StatusNews.Ended ended) {
          apply(changes);
          attempts.add(ended.counted() ? ended.attempt() : count(ended.attempt()));
        } else if (message.value() instanceof StatusNews.RetryQueued retry) {
          settle(attempts, told);
          changes.add(retry.change());
        }
      }
    }
    apply(changes);
    settle(attempts, told);
    if (!told.isEmpty()) {
      events.accept(told);
    }
  }

  /**
   * A processor of the original that ran a job from our ledger does not know of earlier attempts;
   * the ledger does. Only failures are looked up, because only they count.
   */
  private FinishedAttempt count(FinishedAttempt attempt) {
    Job job = attempt.job();
    if (!(attempt.outcome() instanceof TaskOutcome.Retryable)) {
      return attempt;
    }
    int made =
        ledger
            .find(job.key())
            .filter(known -> known.state() != JobState.FAILED)
            .map(LedgerEntry::job)
            .filter(known -> known.revision().equals(job.revision()))
            .map(Job::attempt)
            .orElse(0);
    return made <= job.attempt()
        ? attempt
        : new FinishedAttempt(job.withAttempt(made), attempt.outcome(), attempt.at());
  }

  private void settle(List<FinishedAttempt> attempts, List<JobEvent> told) {
    if (!attempts.isEmpty()) {
      told.addAll(settler.settle(List.copyOf(attempts)));
      attempts.clear();
    }
  }

  private void apply(List<StatusChange> changes) {
    if (!changes.isEmpty()) {
      var unused = statuses.apply(List.copyOf(changes));
      changes.clear();
    }
  }
}
