package io.backbeat.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.contract.JobQueueContract;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.Partitioner;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InMemoryJobQueueTest extends JobQueueContract {
  private static final QueueName QUEUE =
      new QueueName(JobType.REPLICATION, LocationName.of("somewhere"));

  @Override
  protected JobQueue queue(int partitions) {
    return new InMemoryJobQueue(partitions);
  }

  @Test
  void a_queue_needs_a_partition() {
    assertThatThrownBy(() -> new InMemoryJobQueue(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void a_commit_beyond_the_end_is_a_mistake() {
    JobQueue queue = queue(1);
    queue.publish(List.of(job(0)));
    try (JobConsumer consumer = queue.consumer(QUEUE)) {
      Delivery only = consumer.poll(1, Duration.ZERO).get(0);

      assertThatThrownBy(() -> consumer.commit(0, 2, only.generation()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2")
          .hasMessageContaining("1");
    }
  }

  @Test
  void an_interrupted_poll_comes_back_and_keeps_the_interrupt() {
    try (JobConsumer consumer = queue(1).consumer(QUEUE)) {
      Thread.currentThread().interrupt();

      assertThat(consumer.poll(1, Duration.ofSeconds(50))).isEmpty();

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void a_poll_of_a_closed_consumer_is_refused() {
    JobConsumer consumer = queue(1).consumer(QUEUE);
    consumer.close();

    assertThatThrownBy(() -> consumer.poll(1, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("replication/somewhere");
  }

  @Test
  void no_partition_starves_behind_a_long_one() {
    JobQueue queue = queue(2);
    Job inPartition0 = jobOf(0);
    Job inPartition1 = jobOf(1);
    queue.publish(Collections.nCopies(1000, inPartition0));
    queue.publish(List.of(inPartition1));
    try (JobConsumer consumer = queue.consumer(QUEUE)) {
      List<Delivery> first = consumer.poll(5, Duration.ZERO);
      List<Delivery> second = consumer.poll(5, Duration.ZERO);

      assertThat(first.size() + second.size()).isEqualTo(10);
      assertThat(Stream.concat(first.stream(), second.stream()))
          .extracting(Delivery::partition)
          .contains(1);
    }
  }

  @Test
  void a_partition_forgets_what_is_committed_and_gives_its_memory_back() {
    var log = new PartitionLog();
    for (int i = 0; i < 100_000; i++) {
      log.append(job(i));
    }
    assertThat(log.capacity()).isGreaterThanOrEqualTo(100_000);

    log.commit(50_000);
    assertThat(log.get(50_000)).isEqualTo(job(50_000));
    assertThatThrownBy(() -> log.get(49_999)).isInstanceOf(IndexOutOfBoundsException.class);
    log.commit(99_999);

    assertThat(log.backlog()).isOne();
    assertThat(log.get(99_999)).isEqualTo(job(99_999));
    for (int i = 100_000; i < 1_000_000; i++) {
      log.append(job(0));
      log.commit(i);
    }
    assertThat(log.capacity()).isLessThan(1000);
    assertThat(log.committed()).isEqualTo(999_999);
  }

  private static Job jobOf(int partition) {
    for (int i = 0; ; i++) {
      Job job = job(i);
      if (Partitioner.partition(job.object().orderingKey(), 2) == partition) {
        return job;
      }
    }
  }

  private static Job job(int i) {
    var key =
        new JobKey(JobType.REPLICATION, new ObjectVersion("b", "k" + i, "v"), QUEUE.location());
    return new Job(key, "r", 0, 0, Instant.EPOCH, "");
  }
}
