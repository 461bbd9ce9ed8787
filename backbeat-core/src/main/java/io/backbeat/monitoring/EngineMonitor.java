package io.backbeat.monitoring;

import io.backbeat.job.JobEvent;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.task.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures one engine: hands out its queue and its handlers with meters on. Thread-safe. */
public final class EngineMonitor {
  /** A log has one part only. */
  static final String LOG_ID = "0";

  /** Attempts that run for longer are slow; the time after which Kafka would give up a consumer. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  private final Meters meters;
  private final QueueLabels labels;
  private final RunningAttempts attempts = new RunningAttempts();
  private final PopulatorMeters populator;
  private final JobQueue queue;

  /**
   * Measures an engine that works on a queue and reads a log.
   *
   * @param plain the queue without meters
   */
  public EngineMonitor(Meters meters, JobQueue plain, String logName, Clock clock) {
    this.meters = meters;
    this.labels = new QueueLabels(plain);
    this.populator = new PopulatorMeters(meters, logName);
    this.queue = new MeteredQueue(plain, labels, meters, attempts, clock);
  }

  /** The queue with meters on. */
  public JobQueue queue() {
    return queue;
  }

  /** The queue with meters on, for the populator. */
  public JobQueue populatorQueue() {
    return populator.measured(queue);
  }

  /** A handler with meters on. */
  public JobHandler handler(JobHandler handler) {
    return new MeteredHandler(handler, labels, meters, attempts);
  }

  /** Who is to hear of every event. */
  public List<JobEvent.Listener> listeners() {
    return List.of(new ReplicationMeters(meters, labels), populator);
  }

  /** Attempts of a queue that take long, by partition. */
  public List<Reading> slowAttempts(QueueName name) {
    List<Reading> slow = new ArrayList<>();
    for (int partition = 0; partition < labels.partitions(name); partition++) {
      slow.add(
          Reading.of(
              EngineMeters.SLOW_TASKS,
              (double) attempts.longerThan(SLOW, name, partition),
              QueueLabels.topic(name),
              Integer.toString(partition),
              QueueLabels.group(name)));
    }
    return slow;
  }

  /** The value of a meter of a queue. */
  public static Reading ofQueue(Meter meter, QueueName name, double value) {
    return Reading.of(meter, value, QueueLabels.topic(name), QueueLabels.group(name));
  }

  /** The value of a meter of a log. */
  public static Reading ofLog(Meter meter, String logName, double value) {
    return Reading.of(meter, value, ReplicationMeters.ORIGIN, logName, LOG_ID);
  }
}
