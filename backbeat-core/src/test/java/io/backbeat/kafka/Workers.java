package io.backbeat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Threads that consume one queue slowly: each job takes a millisecond, and a few are in hand when a
 * partition is taken away. Not to be used by two threads.
 */
final class Workers implements AutoCloseable {
  private final JobQueue queue;
  private final QueueName name;
  private final List<Job> done = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Deque<Worker> running = new ArrayDeque<>();

  Workers(JobQueue queue, QueueName name) {
    this.queue = queue;
    this.name = name;
  }

  void add() {
    Worker worker = new Worker(queue.consumer(name));
    running.add(worker);
    worker.start();
  }

  void removeOldest() {
    running.remove().end();
  }

  void note(Job job) {
    done.add(job);
  }

  List<Job> done() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  /** Waits until so many different jobs are done. */
  void awaitAll(int jobs, Duration atMost) {
    await()
        .atMost(atMost)
        .untilAsserted(
            () -> {
              assertThat(failures).isEmpty();
              assertThat(done().stream().map(Job::revision).distinct().count()).isEqualTo(jobs);
            });
  }

  /** Likewise; and the first time each job of a key is done, all older ones were done before. */
  void awaitInOrder(int jobs, Duration atMost) {
    awaitAll(jobs, atMost);
    Map<String, List<Job>> byKey =
        done().stream().collect(Collectors.groupingBy(job -> job.object().key()));
    byKey
        .values()
        .forEach(
            ofKey -> assertThat(ofKey.stream().map(Job::revision).distinct().toList()).isSorted());
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      removeOldest();
    }
    assertThat(failures).isEmpty();
  }

  private final class Worker implements JobConsumer.AssignmentListener {
    private final JobConsumer consumer;
    private final Thread thread = new Thread(this::run, "worker");
    private final Map<Integer, Delivery> last = new HashMap<>();
    private volatile boolean ending;

    Worker(JobConsumer consumer) {
      this.consumer = consumer;
      consumer.listener(this);
    }

    void start() {
      thread.start();
    }

    void end() {
      ending = true;
      consumer.wakeup();
      try {
        thread.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(thread.isAlive()).isFalse();
    }

    @Override
    public void assigned(Set<Integer> partitions, int generation) {}

    @Override
    public void revoked(Set<Integer> partitions) {
      commit();
      last.keySet().removeAll(partitions);
    }

    private void run() {
      while (!ending) {
        try {
          for (Delivery delivery : consumer.poll(7, Duration.ofMillis(50))) {
            LockSupport.parkNanos(1_000_000);
            done.add(((Delivery.OfJob) delivery).job());
            last.put(delivery.partition(), delivery);
          }
          commit();
        } catch (BackbeatException retryable) {
          LockSupport.parkNanos(50_000_000);
        } catch (Throwable e) {
          failures.add(e);
          return;
        }
      }
      consumer.close();
    }

    private void commit() {
      last.values().removeIf(d -> consumer.commit(d.partition(), d.offset() + 1, d.generation()));
    }
  }
}
