package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConsumerTest {
  private static final int JOBS = 4000;

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  /**
   * Reading several partitions in one snapshot while they grow is where an entry could be skipped.
   */
  @Test
  void polls_that_race_with_publishing_to_many_partitions_skip_nothing() throws Exception {
    EmbeddedStore store = opened.in(directory, Opened.AT_NOON.withPartitionsPerQueue(8));
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(Jobs.aJob().key("key-" + i).build());
    }

    List<Integer> read =
        Concurrently.run(
            2,
            thread -> {
              if (thread == 0) {
                for (Job job : jobs) {
                  store.queue().publish(List.of(job));
                }
                return JOBS;
              }
              return readAll(store, QueueName.of(jobs.get(0)));
            });

    assertThat(read).containsExactly(JOBS, JOBS);
  }

  private static int readAll(EmbeddedStore store, QueueName queue) {
    int read = 0;
    try (JobConsumer consumer = store.queue().consumer(queue)) {
      // An empty poll of this length means that what is missing will never come.
      List<Delivery> some = consumer.poll(100, Duration.ofSeconds(10));
      while (!some.isEmpty()) {
        read += some.size();
        some = read < JOBS ? consumer.poll(100, Duration.ofSeconds(10)) : List.of();
      }
    }
    return read;
  }
}
