package io.backbeat.testing;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.job.Job;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** A queue that does not answer. */
public final class DeafQueue implements JobQueue {
  @Override
  public void publish(List<Job> jobs) {
    throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the queue does not answer");
  }

  @Override
  public JobConsumer consumer(QueueName queue) {
    throw new AssertionError("not asked for");
  }

  @Override
  public List<PartitionLag> lag(QueueName queue) {
    return List.of();
  }

  @Override
  public int partitions(QueueName queue) {
    return 1;
  }

  @Override
  public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
    throw new AssertionError("not asked for");
  }
}
