package io.backbeat.memory;

import io.backbeat.job.Job;
import io.backbeat.queue.PartitionGroup;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.Partitioner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The partitions of one queue, the lock that guards them, and the consumers that share them. */
final class QueueLog {
  final ReentrantLock lock = new ReentrantLock();
  final Condition changed = lock.newCondition();
  final PartitionGroup group;
  private final List<PartitionLog> partitions;

  QueueLog(int partitions) {
    this.group = new PartitionGroup(partitions);
    this.partitions = IntStream.range(0, partitions).mapToObj(i -> new PartitionLog()).toList();
  }

  /** To be called with the lock held. */
  PartitionLog partition(int partition) {
    return partitions.get(partition);
  }

  void append(List<Job> jobs) {
    lock.lock();
    try {
      for (Job job : jobs) {
        int partition = Partitioner.partition(job.object().orderingKey(), partitions.size());
        partitions.get(partition).append(job);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<PartitionLag> lag() {
    lock.lock();
    try {
      return IntStream.range(0, partitions.size())
          .mapToObj(
              number ->
                  new PartitionLag(
                      number, partitions.get(number).committed(), partitions.get(number).end()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest job of those first in their partitions was asked for. */
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return partitions.stream()
          .filter(partition -> partition.backlog() > 0)
          .map(partition -> partition.get(partition.committed()).createdAt())
          .min(Instant::compareTo);
    } finally {
      lock.unlock();
    }
  }

  /** Markers lie beside the jobs, so that no cursor meets them. */
  SortedMap<Integer, Boolean> roundTrip(Duration atMost) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
    var marker = new Object();
    boolean written = eachWithin(deadline, partition -> partition.markers().add(marker));
    SortedMap<Integer, Boolean> answered = new TreeMap<>();
    for (int number = 0; number < partitions.size(); number++) {
      answered.put(number, false);
    }
    if (written) {
      eachWithin(
          deadline,
          partition ->
              answered.put(partitions.indexOf(partition), partition.markers().contains(marker)));
      forget(marker);
    }
    return answered;
  }

  private boolean eachWithin(long deadline, Consumer<PartitionLog> action) {
    boolean locked = false;
    try {
      locked = lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (locked) {
        partitions.forEach(action);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
    return locked;
  }

  private void forget(Object marker) {
    lock.lock();
    try {
      partitions.forEach(partition -> partition.markers().remove(marker));
    } finally {
      lock.unlock();
    }
  }

  /** Lets waiting consumers look again. */
  void nudge() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
