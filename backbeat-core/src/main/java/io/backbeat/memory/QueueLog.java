package io.backbeat.memory;

import io.backbeat.job.Job;
import io.backbeat.queue.PartitionGroup;
import io.backbeat.queue.Partitioner;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  long backlog() {
    lock.lock();
    try {
      return partitions.stream().mapToLong(PartitionLog::backlog).sum();
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
