package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.job.Job;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailedJobStore.Finished;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file holds, and what it lets go of. */
class EmbeddedStoreTest {
  private static final Metadata PHOTO = Metadata.pending("bucket", "photo", "paris");

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  private static LogBatch readAll(EmbeddedStore store) {
    return store.journal().read(LogPosition.BEGINNING, 1000, Duration.ZERO);
  }

  @Test
  void ledger_entry_that_shares_the_metadata_keeps_it_when_the_version_is_written_again() {
    EmbeddedStore store = opened.in(directory);
    store.journal().append(List.of(PHOTO.put()));
    String payload = new String(readAll(store).entries().get(0).value(), UTF_8);
    LedgerEntry entry =
        LedgerEntry.queued(Jobs.aJob().object(PHOTO.object()).payload(payload).build());
    store.failedJobs().record(List.of(entry));
    assertThat(store.failedJobs().find(entry.job().key())).contains(entry);

    store.journal().append(List.of(PHOTO.bytes(7).put()));

    assertThat(store.failedJobs().find(entry.job().key())).contains(entry);
  }

  @Test
  void deleted_versions_leave_the_file_once_the_log_was_read_past_them() {
    EmbeddedStore store = opened.in(directory);
    store.journal().append(List.of(PHOTO.put(), PHOTO.delete()));
    Metadata other = Metadata.pending("bucket", "other", "paris");
    store.journal().append(List.of(other.put()));
    assertThat(store.rows("object")).isEqualTo(2);

    store.positions().save(store.journal().name(), readAll(store).next());

    assertThat(store.rows("object")).isEqualTo(1);
    assertThat(readAll(store).entries()).extracting(LogEntry::key).containsExactly("other");
  }

  @Test
  void what_is_appended_after_a_restart_follows_a_position_saved_before_it() {
    EmbeddedStore store = opened.in(directory);
    store.journal().append(List.of(PHOTO.put(), PHOTO.delete()));
    LogPosition saved = readAll(store).next();
    store.positions().save(store.journal().name(), saved);
    store.close();

    EmbeddedStore again = opened.in(directory);
    again.journal().append(List.of(PHOTO.put()));

    assertThat(again.journal().read(saved, 10, Duration.ZERO).entries())
        .extracting(LogEntry::key)
        .containsExactly("photo");
  }

  @Test
  void committed_jobs_leave_the_file_and_offsets_go_on_after_a_restart() {
    EmbeddedStore store = opened.in(directory);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      jobs.add(Jobs.aJob().key("key-" + i).build());
    }
    store.queue().publish(jobs);
    QueueName queue = QueueName.of(jobs.get(0));
    try (JobConsumer consumer = store.queue().consumer(queue)) {
      Delivery first = consumer.poll(1, Duration.ZERO).get(0);
      consumer.commit(0, 4999, first.generation());
      consumer.commit(0, 5000, first.generation());
    }
    assertThat(store.rows("queue_entry")).isZero();
    store.close();

    EmbeddedStore again = opened.in(directory);
    again.queue().publish(jobs.subList(0, 1));

    assertThat(again.queue().backlog(queue)).isEqualTo(1);
    try (JobConsumer consumer = again.queue().consumer(queue)) {
      assertThat(consumer.poll(10, Duration.ZERO))
          .extracting(Delivery::offset)
          .containsExactly(5000L);
    }
  }

  @Test
  void version_known_only_to_the_ledger_leaves_with_its_last_entry() {
    EmbeddedStore store = opened.in(directory);
    Jobs job = Jobs.aJob();
    store
        .failedJobs()
        .record(
            List.of(LedgerEntry.queued(job.build()), LedgerEntry.queued(job.at("rome").build())));

    store.failedJobs().remove(List.of(new Finished(job.jobKey(), "1")));
    assertThat(store.rows("object")).isEqualTo(1);
    store.failedJobs().remove(List.of(new Finished(job.at("rome").jobKey(), "1")));

    assertThat(store.rows("object")).isZero();
    assertThat(readAll(store).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\u0000", "a\nb", "\uD83D\uDE00", "a'b\"c"})
  void unusual_keys_are_kept_apart_and_come_back(String key) {
    EmbeddedStore store = opened.in(directory);
    Job job = Jobs.aJob().key(key).build();
    Job similar = Jobs.aJob().key(key + "\u0000").build();
    store.queue().publish(List.of(job, similar));
    store.failedJobs().record(List.of(LedgerEntry.queued(job)));

    try (JobConsumer consumer = store.queue().consumer(QueueName.of(job))) {
      assertThat(consumer.poll(10, Duration.ZERO))
          .extracting(delivery -> ((Delivery.OfJob) delivery).job())
          .containsExactly(job, similar);
    }
    assertThat(store.failedJobs().find(job.key())).isPresent();
    assertThat(store.failedJobs().find(similar.key())).isEmpty();
  }

  @Test
  void text_that_utf_8_cannot_hold_is_refused_and_spoils_nothing() {
    EmbeddedStore store = opened.in(directory);
    Job good = Jobs.aJob().key("a?").build();
    Job bad = Jobs.aJob().payload("a\uD800").build();

    assertThatThrownBy(() -> store.queue().publish(List.of(good, bad)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone surrogate U+D800 at index 1");
    assertThatThrownBy(
            () ->
                store
                    .journal()
                    .append(
                        List.of(new io.backbeat.log.MetadataChange.Put(bad.object(), "{\uD800}"))))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(store.queue().backlog(QueueName.of(good))).isZero();
    store.queue().publish(List.of(good));
    try (JobConsumer consumer = store.queue().consumer(QueueName.of(good))) {
      assertThat(consumer.poll(10, Duration.ZERO)).extracting(Delivery::offset).containsExactly(0L);
    }
  }
}
