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
import java.util.function.Predicate;

/** A queue that some jobs are too large for; a batch with one of them is refused as a whole. */
public record NarrowQueue(JobQueue queue, Predicate<Job> isTooLarge) implements JobQueue {
  @Override
  public void publish(List<Job> jobs) {
    if (jobs.stream().anyMatch(isTooLarge)) {
      throw new BackbeatException(ErrorCode.REQUEST_TOO_LARGE, "a message is too large");
    }
    queue.publish(jobs);
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
  public SortedMap<Integer, Boolean> roundTrip(QueueName name, Duration atMost) {
    return queue.roundTrip(name, atMost);
  }
}
