package io.backbeat.monitoring;

import io.backbeat.api.TopicHealth;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What the populator of one log publishes. Thread-safe. */
final class PopulatorMeters implements JobEvent.Listener {
  private final Meters meters;
  private final String[] log;
  private String last = "";

  PopulatorMeters(Meters meters, String logName) {
    this.meters = meters;
    this.log = new String[] {ReplicationMeters.ORIGIN, logName, EngineMonitor.LOG_ID};
  }

  /** The jobs of one version follow each other, one for each location. */
  @Override
  public synchronized void on(JobEvent event) {
    if (event instanceof JobEvent.Queued queued) {
      Job job = queued.job();
      String version = job.object() + " " + job.revision();
      if (!version.equals(last)) {
        last = version;
        meters.add(EngineMeters.POPULATED_OBJECTS, 1, log);
        meters.add(EngineMeters.POPULATED_BYTES, (double) job.bytes(), log);
      }
    }
  }

  /** The queue as the populator sees it. */
  JobQueue measured(JobQueue queue) {
    return new Published(queue);
  }

  private void published(int jobs, boolean done) {
    List<String> labels = new ArrayList<>(List.of(log));
    labels.add(done ? "SUCCESS" : "FAILURE");
    meters.add(EngineMeters.POPULATED_MESSAGES, jobs, labels.toArray(String[]::new));
  }

  private final class Published implements JobQueue {
    private final JobQueue queue;

    Published(JobQueue queue) {
      this.queue = queue;
    }

    @Override
    public void publish(List<Job> jobs) {
      boolean done = false;
      try {
        queue.publish(jobs);
        done = true;
      } finally {
        published(jobs.size(), done);
      }
    }

    @Override
    public JobConsumer consumer(QueueName name) {
      return queue.consumer(name);
    }

    @Override
    public List<PartitionLag> lag(QueueName name) {
      return queue.lag(name);
    }

    @Override
    public int partitions(QueueName name) {
      return queue.partitions(name);
    }

    @Override
    public Optional<Instant> oldest(QueueName name) {
      return queue.oldest(name);
    }

    @Override
    public Optional<TopicHealth> topic(QueueName name) {
      return queue.topic(name);
    }

    @Override
    public SortedMap<Integer, Boolean> roundTrip(QueueName name, Duration atMost) {
      return queue.roundTrip(name, atMost);
    }
  }
}
