package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final QueueName QUEUE = QueueName.of(Jobs.aJob().build());

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  private static Job job(int i) {
    return Jobs.aJob().key("key-" + i).payload("x".repeat(2000)).build();
  }

  @Test
  void full_disk_is_told_loses_nothing_and_is_over_once_there_is_space() {
    EmbeddedStore store = opened.in(directory);
    store.limitPages(store.pages() + 100);

    List<Job> acknowledged = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                store.queue().publish(List.of(job(i)));
                acknowledged.add(job(i));
              }
            })
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("no space left")
        .hasMessageContaining("backbeat.db");
    assertThat(acknowledged).isNotEmpty();
    assertThat(store.queue().backlog(QUEUE)).isEqualTo(acknowledged.size());
    assertThat(store.failedJobs().counts(JobType.REPLICATION)).isEmpty();

    store.limitPages(0);
    Job late = job(10_000);
    store.queue().publish(List.of(late));
    acknowledged.add(late);

    assertThat(read(store, acknowledged.size())).isEqualTo(acknowledged);
    assertThat(store.queue().backlog(QUEUE)).isEqualTo(acknowledged.size());
  }

  private static List<Job> read(EmbeddedStore store, int count) {
    List<Job> read = new ArrayList<>();
    try (JobConsumer consumer = store.queue().consumer(QUEUE)) {
      while (read.size() < count) {
        List<Delivery> some = consumer.poll(100, Duration.ofSeconds(10));
        assertThat(some).as("after " + read.size() + " jobs").isNotEmpty();
        some.forEach(delivery -> read.add(((Delivery.OfJob) delivery).job()));
      }
    }
    return read;
  }
}
