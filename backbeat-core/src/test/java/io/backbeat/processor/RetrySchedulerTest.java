package io.backbeat.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.queue.QueueName;
import io.backbeat.status.JobSource;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.DeafQueue;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.NarrowQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs that are due and were recorded without what is needed to run them. */
class RetrySchedulerTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, PARIS);

  private final MutableClock clock = MutableClock.create();
  private final InMemoryStores stores = new InMemoryStores(clock, 1);
  private final Metadata object = Metadata.pending("bucket", "key", "paris");
  private final JobKey key = new JobKey(JobType.REPLICATION, object.object(), PARIS);

  @Test
  void job_without_payload_is_made_from_the_metadata_and_takes_its_revision() {
    stores.journal().append(List.of(object.put()));
    due("unknown revision");

    assertThat(scheduler(new JournalJobs(stores.journal(), clock)).runOnce()).isEqualTo(1);

    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
    LedgerEntry entry = stores.failedJobs().find(key).orElseThrow();
    assertThat(entry.state()).isEqualTo(JobState.QUEUED);
    assertThat(entry.job().payload()).contains("replicationInfo");
    assertThat(entry.job().revision()).isNotEqualTo("unknown revision");
    assertThat(entry.job().attempt()).isEqualTo(2);
  }

  @Test
  void job_for_which_nothing_can_be_made_fails_and_stays_listed() {
    due("1");

    scheduler((version, location) -> Optional.empty()).runOnce();

    assertThat(stores.queue().backlog(QUEUE)).isZero();
    assertThat(stores.failedJobs().find(key).orElseThrow().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void job_too_large_for_the_queue_fails_and_the_others_are_queued() {
    Metadata other = Metadata.pending("bucket", "other", "paris");
    stores.journal().append(List.of(object.put(), other.put()));
    due("1");
    JobKey good = new JobKey(JobType.REPLICATION, other.object(), PARIS);
    LedgerEntry.Failure why =
        new LedgerEntry.Failure(Instant.EPOCH, Instant.EPOCH, "Timeout", "no answer");
    Job job = new Job(good, "1", 100, 2, Instant.EPOCH, "");
    stores.failedJobs().record(List.of(LedgerEntry.waiting(job, why, clock.instant())));

    new RetryScheduler(
            stores.failedJobs(),
            new NarrowQueue(stores.queue(), each -> each.key().equals(key)),
            new JournalJobs(stores.journal(), clock),
            clock)
        .runOnce();

    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
    assertThat(stores.failedJobs().find(good).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    LedgerEntry entry = stores.failedJobs().find(key).orElseThrow();
    assertThat(entry.state()).isEqualTo(JobState.FAILED);
    assertThat(entry.failure().orElseThrow().message()).contains("too large");
  }

  @Test
  void job_with_the_metadatas_revision_that_could_not_be_queued_is_due_again() {
    stores.journal().append(List.of(object.put()));
    due("unknown revision");
    JobSource source = new JournalJobs(stores.journal(), clock);
    RetryScheduler withoutQueue =
        new RetryScheduler(stores.failedJobs(), new DeafQueue(), source, clock);

    assertThatThrownBy(withoutQueue::runOnce).isInstanceOf(BackbeatException.class);

    LedgerEntry left = stores.failedJobs().find(key).orElseThrow();
    assertThat(left.state()).isEqualTo(JobState.WAITING);
    clock.set(left.nextAttempt().orElseThrow());
    assertThat(scheduler(source).runOnce()).isEqualTo(1);
    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
  }

  private void due(String revision) {
    Job bare = new Job(key, revision, 100, 2, Instant.EPOCH, "");
    LedgerEntry.Failure why =
        new LedgerEntry.Failure(Instant.EPOCH, Instant.EPOCH, "Timeout", "no answer");
    stores.failedJobs().record(List.of(LedgerEntry.waiting(bare, why, clock.instant())));
  }

  private RetryScheduler scheduler(JobSource source) {
    return new RetryScheduler(stores.failedJobs(), stores.queue(), source, clock);
  }
}
