package io.backbeat.monitoring;

import io.backbeat.api.ObjectVersion;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.Partitioner;
import io.backbeat.queue.QueueName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How queues and partitions are called in labels. Thread-safe. */
final class QueueLabels {
  private final JobQueue queue;
  private final Map<QueueName, Integer> partitions = new ConcurrentHashMap<>();

  QueueLabels(JobQueue queue) {
    this.queue = queue;
  }

  /** The partition of an object; the number of partitions is asked for once. */
  int partition(QueueName name, ObjectVersion object) {
    return Partitioner.partition(object.orderingKey(), partitions(name));
  }

  int partitions(QueueName name) {
    Integer known = partitions.get(name);
    return known != null ? known : partitions.computeIfAbsent(name, queue::partitions);
  }

  /** The queue, in place of a topic. */
  static String topic(QueueName name) {
    return name.toString();
  }

  /** Named as the original names its consumer groups. */
  static String group(QueueName name) {
    return "backbeat-" + name.type() + "-group-" + name.location();
  }
}
