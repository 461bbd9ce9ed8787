package io.backbeat.processor;

import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.queue.KeyedExecutor;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler on a job, as a task of the keyed executor; the one place where what a handler
 * throws becomes an outcome.
 */
final class Attempt implements KeyedExecutor.Task, JobContext {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Flight flight;
  private final JobHandler handler;
  private final Clock clock;
  private final BooleanSupplier cancelled;
  private final Consumer<List<JobEvent>> events;
  private final PartitionActivity activity;
  private final BiConsumer<Flight, TaskOutcome> report;

  Attempt(
      Flight flight,
      JobHandler handler,
      Clock clock,
      BooleanSupplier cancelled,
      Consumer<List<JobEvent>> events,
      PartitionActivity activity,
      BiConsumer<Flight, TaskOutcome> report) {
    this.flight = flight;
    this.handler = handler;
    this.clock = clock;
    this.cancelled = cancelled;
    this.events = events;
    this.activity = activity;
    this.report = report;
  }

  /**
   * An interrupted attempt reports nothing: its job is not settled, and will be delivered again.
   */
  @Override
  public KeyedExecutor.Verdict run() throws InterruptedException {
    flight.running(true);
    TaskOutcome outcome;
    try {
      outcome = outcome();
    } finally {
      flight.running(false);
    }
    report.accept(flight, outcome);
    return outcome instanceof TaskOutcome.DestinationDown
        ? KeyedExecutor.Verdict.AGAIN
        : KeyedExecutor.Verdict.DONE;
  }

  /**
   * A handler is foreign code: whatever it throws ends the attempt, and must neither stop the queue
   * nor lose the job.
   */
  private TaskOutcome outcome() throws InterruptedException {
    Job job = flight.job();
    try {
      return handler.handle(job, this);
    } catch (InterruptedException e) {
      if (cancelled()) {
        throw e;
      }
      return failed(job, e); // nobody here interrupted it
    } catch (Throwable e) {
      return failed(job, e);
    }
  }

  private static TaskOutcome failed(Job job, Throwable thrown) {
    LOG.warn("Handler of {} threw; counted as a failed attempt", job.key(), thrown);
    return new TaskOutcome.Retryable(
        TaskOutcome.UNEXPECTED_ERROR, thrown.toString(), Optional.empty());
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  @Override
  public void transferStarted() {
    activity.sign(flight.partition());
    events.accept(List.of(new JobEvent.TransferStarted(flight.job(), clock.instant())));
  }

  @Override
  public void bytesTransferred(long bytes) {
    activity.sign(flight.partition());
    events.accept(List.of(new JobEvent.BytesTransferred(flight.job(), bytes, clock.instant())));
  }
}
