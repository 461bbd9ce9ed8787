package io.backbeat.monitoring;

import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;

/** A handler whose attempts are measured. Thread-safe as the handler itself. */
final class MeteredHandler implements JobHandler {
  private final JobHandler handler;
  private final QueueLabels labels;
  private final Meters meters;
  private final RunningAttempts attempts;

  MeteredHandler(JobHandler handler, QueueLabels labels, Meters meters, RunningAttempts attempts) {
    this.handler = handler;
    this.labels = labels;
    this.meters = meters;
    this.attempts = attempts;
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws Exception {
    QueueName queue = QueueName.of(job);
    RunningAttempts.Attempt attempt = attempts.begin(queue, labels.partition(queue, job.object()));
    boolean done = false;
    try {
      TaskOutcome outcome = handler.handle(job, context);
      done = outcome instanceof TaskOutcome.Replicated;
      ended(job, outcome, attempt.took());
      return outcome;
    } finally {
      attempts.end(attempt);
      meters.observe(
          EngineMeters.TASK_TIME,
          Seconds.of(attempt.took()),
          QueueLabels.topic(queue),
          Integer.toString(attempt.partition()),
          QueueLabels.group(queue),
          Boolean.toString(!done));
    }
  }

  private void ended(Job job, TaskOutcome outcome, Duration took) {
    if (outcome instanceof TaskOutcome.DestinationDown) {
      meters.set(EngineMeters.BREAKER_ERRORS, (double) attempts.foundDown());
    }
    if (job.key().type().equals(JobType.GARBAGE_COLLECTION)) {
      meters.observe(EngineMeters.GC_TIME, Seconds.of(took), "gc", "", job.location().value());
    } else if (job.key().type().equals(JobType.REPLICATION)) {
      ReplicationMeters.attempted(meters, job, outcome, took);
    }
  }
}
