package io.backbeat.processor;

import io.backbeat.job.JobEvent;
import io.backbeat.log.QuarantineStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusStore;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.JobHandler;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What the owners of a queue work with, one after the other. */
record QueueSetup(
    QueueName name,
    JobQueue queue,
    StatusStore statuses,
    OutcomeSettler settler,
    JobHandler handler,
    CircuitBreaker breaker,
    QuarantineStore quarantine,
    ProcessorLimits limits,
    Executor workers,
    Consumer<List<JobEvent>> events,
    Clock clock) {
  Intake intake() {
    return new Intake(name, statuses, settler, quarantine, clock);
  }
}
