package io.backbeat.benchmarks.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaJobQueue;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processors of some locations on the replication topic, with a handler that does nothing and
 * at most ten attempts at a time each. Counts what was settled. For one thread.
 */
final class Processors implements AutoCloseable {
  private final KafkaJobQueue queue;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final InMemoryStores stores = new InMemoryStores();
  private final List<QueueProcessor> processors;
  private final AtomicLong begin = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();
  private final AtomicLong needless = new AtomicLong();
  private final AtomicLong end = new AtomicLong();

  /**
   * Prepares and starts them.
   *
   * @param group before {@code -<location>}; a new one begins at the first record
   * @param settler takes outcomes over; counted when it returns
   */
  Processors(KafkaConnection kafka, String group, Entries entries, OutcomeSettler settler) {
    ReplicationTopics topics = inGroup(group);
    Clock clock = Clock.systemUTC();
    this.queue = KafkaJobQueue.on(kafka, topics, clock);
    this.processors =
        entries.locations().stream()
            .map(location -> processor(location, entries, new Counting(settler), clock))
            .toList();
    processors.forEach(QueueProcessor::start);
  }

  static ReplicationTopics inGroup(String group) {
    ReplicationTopics names = ReplicationTopics.DEFAULT;
    return new ReplicationTopics(
        names.replication(),
        names.status(),
        names.failed(),
        names.replay(),
        names.dataMover(),
        names.gc(),
        names.metrics(),
        group,
        names.statusGroup(),
        names.gcGroup());
  }

  private QueueProcessor processor(
      LocationName location, Entries entries, OutcomeSettler settler, Clock clock) {
    return new QueueProcessor(
        new QueueName(JobType.REPLICATION, location),
        queue,
        entries,
        settler,
        (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION,
        new CircuitBreaker(clock, Duration.ofSeconds(1), Duration.ofSeconds(10)),
        stores.quarantine(),
        ProcessorLimits.DEFAULT,
        workers,
        events -> {},
        clock);
  }

  /** Counts what was settled, and when the first and the last of it was. */
  private final class Counting implements OutcomeSettler {
    private final OutcomeSettler settler;

    Counting(OutcomeSettler settler) {
      this.settler = settler;
    }

    @Override
    public List<JobEvent> settle(List<FinishedAttempt> attempts) {
      begin.compareAndSet(0, attempts.get(0).at().toEpochMilli());
      List<JobEvent> told = settler.settle(attempts);
      settled.addAndGet(attempts.size());
      end.set(System.currentTimeMillis());
      return told;
    }

    @Override
    public List<JobEvent> drop(List<NeedlessJob> jobs, Instant at) {
      needless.addAndGet(jobs.size());
      return List.of();
    }
  }

  long settled() {
    return settled.get();
  }

  /**
   * Waits until so many jobs are settled, at most so long.
   *
   * @return jobs settled per second, from the first one that was run
   */
  double await(long jobs, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (settled.get() < jobs && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    if (needless.get() > 0) {
      throw new IllegalStateException(needless + " jobs were dropped as needless");
    }
    if (settled.get() == 0) {
      throw new IllegalStateException("no job was settled within " + atMost);
    }
    return settled.get() / ((end.get() - begin.get()) / 1e3);
  }

  @Override
  public void close() {
    try {
      for (QueueProcessor processor : processors) {
        processor.close(Duration.ofSeconds(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    queue.close();
    stores.close();
  }
}
