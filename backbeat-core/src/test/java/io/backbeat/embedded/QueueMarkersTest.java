package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Jobs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueMarkersTest {
  private static final Job JOB = Jobs.aJob().build();
  private static final QueueName QUEUE = QueueName.of(JOB);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Test
  void markers_go_to_the_disk_and_are_gone_afterwards() {
    EmbeddedStore store = opened.in(directory);
    store.queue().publish(List.of(JOB));
    long before = store.commits();

    assertThat(store.queue().roundTrip(QUEUE, LONG).values()).doesNotContain(false);

    assertThat(store.commits()).isGreaterThanOrEqualTo(before + 2);
    assertThat(store.rows("queue_entry")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-(id + 1)", "-1"})
  void marker_that_a_crash_left_is_removed_and_hurts_nobody(String id) throws Exception {
    opened.in(directory).queue().publish(List.of(JOB));
    opened.get().close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("backbeat.db"));
        Statement run = connection.createStatement()) {
      run.execute(
          "INSERT INTO queue_entry (id, bucket, key, version, revision, bytes, attempt,"
              + " created_at, payload) SELECT "
              + id
              + ", bucket, key, version, revision, bytes, attempt, created_at, payload"
              + " FROM queue_entry");
    }

    EmbeddedStore store = opened.in(directory);

    assertThat(store.rows("queue_entry")).isEqualTo(1);
    assertThat(store.queue().backlog(QUEUE)).isEqualTo(1);
    store.queue().publish(List.of(JOB));
    try (JobConsumer consumer = store.queue().consumer(QUEUE)) {
      assertThat(consumer.poll(10, LONG)).extracting(Delivery::offset).containsExactly(0L, 1L);
    }
  }

  @Test
  void store_that_takes_no_writes_fails_every_partition() {
    EmbeddedStore store = opened.in(directory);
    int partitions = store.queue().partitions(QUEUE);
    store.close();

    assertThat(store.queue().roundTrip(QUEUE, LONG)).hasSize(partitions).doesNotContainValue(true);
  }
}
