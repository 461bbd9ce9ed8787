package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A consumer under test with a note of what it was told. */
final class QueueReader implements JobConsumer.AssignmentListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final JobConsumer consumer;
  final Map<Integer, Integer> partitions = new HashMap<>();
  final List<Integer> generations = new ArrayList<>();
  final List<Integer> revoked = new ArrayList<>();
  final List<Delivery.OfJob> deliveries = new ArrayList<>();
  Consumer<Set<Integer>> onRevoke = revokedPartitions -> {};

  QueueReader(JobQueue queue, QueueName name) {
    consumer = queue.consumer(name);
    consumer.listener(this);
  }

  @Override
  public void assigned(Set<Integer> assigned, int generation) {
    assertThat(partitions.keySet()).as("assigned twice").doesNotContainAnyElementsOf(assigned);
    assigned.forEach(partition -> partitions.put(partition, generation));
    generations.add(generation);
  }

  @Override
  public void revoked(Set<Integer> taken) {
    assertThat(partitions.keySet()).as("revoked without being assigned").containsAll(taken);
    onRevoke.accept(Set.copyOf(taken));
    partitions.keySet().removeAll(taken);
    revoked.addAll(taken);
  }

  /** Polls once, waiting so long at most, and notes what came. */
  List<Delivery.OfJob> poll(int maxJobs, Duration timeout) {
    List<Delivery.OfJob> polled = new ArrayList<>();
    for (Delivery delivery : consumer.poll(maxJobs, timeout)) {
      polled.add((Delivery.OfJob) delivery);
    }
    deliveries.addAll(polled);
    return polled;
  }

  /** Polls once without waiting. */
  List<Delivery.OfJob> pollNow() {
    return poll(100, Duration.ZERO);
  }

  /** Polls until so many jobs came, and returns them. */
  List<Delivery.OfJob> read(int jobs) {
    List<Delivery.OfJob> result = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (result.size() < jobs && System.nanoTime() < deadline) {
      result.addAll(poll(jobs - result.size(), Duration.ofMillis(100)));
    }
    assertThat(result).hasSize(jobs);
    return result;
  }

  /** Polls until so many jobs came, and commits all of them. */
  List<Job> readAndCommit(int jobs) {
    List<Delivery.OfJob> result = read(jobs);
    commit(result);
    return jobs(result);
  }

  /** Commits up to the last of these of each partition. */
  void commit(List<Delivery.OfJob> done) {
    var last = new HashMap<Integer, Delivery.OfJob>();
    done.forEach(delivery -> last.put(delivery.partition(), delivery));
    last.values().forEach(delivery -> assertThat(commit(delivery)).isTrue());
  }

  /** Says that this delivery and everything before it in its partition is dealt with. */
  boolean commit(Delivery delivery) {
    return consumer.commit(delivery.partition(), delivery.offset() + 1, delivery.generation());
  }

  static List<Job> jobs(List<Delivery.OfJob> deliveries) {
    return deliveries.stream().map(Delivery.OfJob::job).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
