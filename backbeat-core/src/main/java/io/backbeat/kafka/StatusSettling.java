package io.backbeat.kafka;

import io.backbeat.job.JobEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusStore;
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
  private final Consumer<List<JobEvent>> events;

  StatusSettling(OutcomeSettler settler, StatusStore statuses, Consumer<List<JobEvent>> events) {
    this.settler = settler;
    this.statuses = statuses;
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
          attempts.add(ended.attempt());
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
