package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Opens a file that version 2 has written, when each location had its own queue of collections. */
class EmbeddedUpgradeTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final QueueName ALL = QueueName.shared(JobType.GARBAGE_COLLECTION);
  private static final QueueName COPIES =
      new QueueName(JobType.REPLICATION, LocationName.of("paris"));

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @BeforeEach
  void write() throws SQLException, IOException {
    run(tables());
    run(
        "INSERT INTO name VALUES (1, 'gc'), (2, 'us-east-1'), (3, 'replication'), (4, 'paris')",
        "INSERT INTO object (id, bucket, key, version) VALUES"
            + " (1, 'b', 'queued', ''), (2, 'b', 'waiting', ''), (3, 'b', 'copied', '')",
        ledger(1, 1, 2, "'QUEUED'", "NULL"),
        ledger(2, 1, 2, "'WAITING'", NOON.plusSeconds(60).toEpochMilli() + ""),
        ledger(3, 3, 4, "'QUEUED'", "NULL"),
        "INSERT INTO ledger_count VALUES"
            + " (1, 2, 'QUEUED', 1), (1, 2, 'WAITING', 1), (3, 4, 'QUEUED', 1)",
        "INSERT INTO queue_partition VALUES"
            + " (1, 'replication', 'paris', 0, 0), (2, 'gc', 'us-east-1', 0, 0)",
        entry(1, "copied"),
        entry(2, "queued"));
  }

  private static String ledger(int object, int type, int location, String state, String due) {
    return "INSERT INTO ledger VALUES (%d, %d, %d, %s, 'r', 5, 0, 0, NULL, NULL, NULL, NULL, %s, 0, '{}')"
        .formatted(object, type, location, state, due);
  }

  private static String entry(long partition, String key) {
    return "INSERT INTO queue_entry VALUES (%d, 'b', '%s', '', 'r', 5, 0, 0, '{}')"
        .formatted(partition << 40, key);
  }

  @Test
  void collection_that_was_queued_is_due_at_once_and_no_other_is_touched() {
    EmbeddedStore store = opened.in(directory);

    assertThat(store.failedJobs().counts(JobType.GARBAGE_COLLECTION))
        .containsEntry(LocationName.of("us-east-1"), Map.of(JobState.WAITING, 2L));
    List<LedgerEntry> due = store.failedJobs().takeDue(NOON, Duration.ofMinutes(1), 10);
    assertThat(due).extracting(entry -> entry.job().object().key()).containsExactly("queued");
    assertThat(store.queue().backlog(ALL)).isZero();

    store.queue().publish(due.stream().map(LedgerEntry::job).toList());
    store.failedJobs().requeued(due);

    assertThat(store.queue().backlog(ALL)).isOne();
    assertThat(store.failedJobs().counts(JobType.GARBAGE_COLLECTION))
        .containsEntry(
            LocationName.of("us-east-1"), Map.of(JobState.WAITING, 1L, JobState.QUEUED, 1L));
  }

  @Test
  void queue_of_a_location_stays_as_it_was() {
    EmbeddedStore store = opened.in(directory);

    assertThat(store.queue().backlog(COPIES)).isOne();
    assertThat(store.failedJobs().counts(JobType.REPLICATION))
        .containsEntry(LocationName.of("paris"), Map.of(JobState.QUEUED, 1L));
  }

  @Test
  void new_queue_with_the_number_of_an_old_one_has_none_of_its_entries() {
    EmbeddedStore store = opened.in(directory);
    Job job = Jobs.aJob().at("tokyo").build();

    store.queue().publish(List.of(job));

    assertThat(store.queue().backlog(QueueName.of(job))).isOne();
  }

  private static String[] tables() throws IOException {
    try (InputStream sql =
        Objects.requireNonNull(EmbeddedUpgradeTest.class.getResourceAsStream("version-2.sql"))) {
      return new String(sql.readAllBytes(), UTF_8).strip().split(";\\s*");
    }
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("backbeat.db"));
        Statement run = connection.createStatement()) {
      for (String statement : statements) {
        run.execute(statement);
      }
    }
  }
}
