package io.backbeat.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.DeafQueue;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StatusProcessorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final TaskOutcome DONE = new TaskOutcome.Replicated("copy-1");
  private static final TaskOutcome FAILED =
      new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());
  private static final RetryPolicy TWO_ATTEMPTS =
      new RetryPolicy(2, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0);

  private final InMemoryStores stores = new InMemoryStores();
  private final ObjectVersion object = ObjectVersion.unversioned("bucket", "key");

  @Test
  void success_completes_the_version_and_clears_the_ledger() {
    Job job = written("paris");
    List<JobEvent> told = processor(CompletionPlanner.NONE).settle(List.of(finished(job, DONE)));
    assertThat(statusAt(PARIS)).isEqualTo(SiteStatus.COMPLETED);
    assertThat(stores.failedJobs().find(object)).isEmpty();
    assertThat(told).containsExactly(new JobEvent.Completed(job, NOW));
  }

  @Test
  void a_late_outcome_of_an_older_copy_never_completes_a_newer_one() {
    Job older = written("paris");
    Job newer = written("paris");
    assertThat(newer.revision()).isNotEqualTo(older.revision());

    List<JobEvent> told = processor(CompletionPlanner.NONE).settle(List.of(finished(older, DONE)));

    assertThat(statusAt(PARIS)).isEqualTo(SiteStatus.PENDING);
    assertThat(stores.failedJobs().find(newer.key()))
        .get()
        .extracting(e -> e.job().revision())
        .isEqualTo(newer.revision());
    assertThat(told).singleElement().isInstanceOf(JobEvent.Dropped.class);
  }

  @Test
  void a_late_failure_of_an_older_copy_leaves_the_newer_one_alone() {
    Job older = written("paris");
    Job newer = written("paris");
    processor(CompletionPlanner.NONE)
        .settle(List.of(finished(older, FAILED), finished(older.withAttempt(1), FAILED)));
    assertThat(statusAt(PARIS)).isEqualTo(SiteStatus.PENDING);
    assertThat(stores.failedJobs().find(newer.key()))
        .get()
        .extracting(LedgerEntry::state, e -> e.job().revision())
        .containsExactly(JobState.QUEUED, newer.revision());
  }

  @Test
  void a_failed_attempt_waits_in_the_ledger_and_the_last_one_is_listed() {
    Job job = written("paris");
    StatusProcessor processor = processor(CompletionPlanner.NONE);
    processor.settle(List.of(finished(job, FAILED)));
    assertThat(statusAt(PARIS)).isEqualTo(SiteStatus.PENDING);
    LedgerEntry waiting = stores.failedJobs().find(job.key()).orElseThrow();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.nextAttempt()).contains(NOW.plusSeconds(10));
    assertThat(waiting.job().attempt()).isEqualTo(1);

    Instant later = NOW.plusSeconds(60);
    processor.settle(List.of(new FinishedAttempt(waiting.job(), FAILED, later)));
    assertThat(statusAt(PARIS)).isEqualTo(SiteStatus.FAILED);
    LedgerEntry failed = stores.failedJobs().find(job.key()).orElseThrow();
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.failure()).contains(new LedgerEntry.Failure(NOW, later, "Timeout", "slow"));
    assertThat(failed.job().attempt()).isEqualTo(2);
  }

  @Test
  void the_last_location_to_complete_queues_what_follows_before_the_job_is_forgotten() {
    Job paris = written("paris", "tokyo");
    Job tokyo = jobTo("tokyo");
    Job follow =
        new Job(
            new JobKey(JobType.GARBAGE_COLLECTION, object, LocationName.of("source")),
            "r",
            0,
            0,
            NOW,
            "{}");
    StatusProcessor processor = processor(job -> List.of(follow));

    processor.settle(List.of(finished(paris, DONE)));
    assertThat(stores.queue().backlog(QueueName.of(follow))).as("tokyo is still pending").isZero();
    processor.settle(List.of(finished(tokyo, DONE)));
    assertThat(stores.queue().backlog(QueueName.of(follow))).isEqualTo(1);
    assertThat(stores.failedJobs().find(follow.key())).isPresent();
  }

  @Test
  void a_job_found_completed_after_a_crash_still_gets_what_follows() {
    Job job = written("paris");
    Job follow =
        new Job(
            new JobKey(JobType.GARBAGE_COLLECTION, object, LocationName.of("source")),
            "r",
            0,
            0,
            NOW,
            "{}");
    NeedlessJob needless = new NeedlessJob(job, "already COMPLETED", true, true);
    processor(j -> List.of(follow)).drop(List.of(needless), NOW);
    assertThat(stores.queue().backlog(QueueName.of(follow))).isEqualTo(1);
    assertThat(stores.failedJobs().find(job.key())).isEmpty();
  }

  @Test
  void the_end_of_a_job_that_is_delivered_again_is_told_once() {
    Job job = written("paris");
    StatusProcessor processor = processor(j -> List.of());
    NeedlessJob needless = new NeedlessJob(job, "already COMPLETED", true, true);
    assertThat(processor.settle(List.of(finished(job, DONE)))).hasSize(1);

    assertThat(processor.settle(List.of(finished(job, DONE)))).as("run again").isEmpty();
    assertThat(processor.drop(List.of(needless), NOW)).as("found done").isEmpty();
  }

  @Test
  void settling_again_after_the_queue_did_not_answer_loses_nothing() {
    Job job = written("paris");
    Job follow =
        new Job(
            new JobKey(JobType.GARBAGE_COLLECTION, object, LocationName.of("source")),
            "r",
            0,
            0,
            NOW,
            "{}");
    StatusProcessor broken = processor(new DeafQueue(), j -> List.of(follow));
    assertThatThrownBy(() -> broken.settle(List.of(finished(job, DONE))))
        .isInstanceOf(BackbeatException.class);
    assertThat(stores.failedJobs().find(job.key()))
        .as("not forgotten before what follows is queued")
        .isPresent();
  }

  @Test
  void settling_again_after_a_store_failed_half_way_still_tells_and_queues_what_follows() {
    Job job = written("paris");
    Job follow =
        new Job(
            new JobKey(JobType.GARBAGE_COLLECTION, object, LocationName.of("source")),
            "r",
            0,
            0,
            NOW,
            "{}");
    StatusProcessor broken = processor(new DeafQueue(), j -> List.of(follow));
    assertThatThrownBy(() -> broken.settle(List.of(finished(job, DONE))))
        .isInstanceOf(BackbeatException.class);

    List<JobEvent> told = processor(j -> List.of(follow)).settle(List.of(finished(job, DONE)));
    assertThat(told).containsExactly(new JobEvent.Completed(job, NOW));
    assertThat(stores.queue().backlog(QueueName.of(follow))).isEqualTo(1);
    assertThat(stores.failedJobs().find(job.key())).isEmpty();
  }

  @Test
  void an_own_job_type_leaves_statuses_alone() {
    Job own = new Job(new JobKey(new JobType("thumbnail"), object, PARIS), "1", 0, 0, NOW, "");
    stores.failedJobs().record(List.of(LedgerEntry.queued(own)));
    List<JobEvent> told = processor(CompletionPlanner.NONE).settle(List.of(finished(own, DONE)));
    assertThat(told).containsExactly(new JobEvent.Completed(own, NOW));
    assertThat(stores.failedJobs().find(own.key())).isEmpty();
  }

  @Test
  void failures_are_noticed_after_the_status_and_before_the_ledger_and_only_final_ones() {
    Job job = written("paris");
    List<String> seen = new ArrayList<>();
    FailureNotices notices =
        failures ->
            failures.forEach(
                failed ->
                    seen.add(
                        statusAt(PARIS)
                            + " "
                            + stores.failedJobs().find(job.key()).orElseThrow().state()));
    StatusProcessor processor = telling(notices);
    TaskOutcome timeout = new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());

    processor.settle(List.of(finished(job, timeout)));
    assertThat(seen).as("another attempt is left").isEmpty();
    processor.settle(List.of(finished(job.withAttempt(1), timeout)));
    assertThat(seen).containsExactly("FAILED WAITING");
    assertThat(stores.failedJobs().find(job.key()).orElseThrow().state())
        .isEqualTo(JobState.FAILED);
  }

  @Test
  void failure_whose_notice_fails_is_settled_again_as_the_same_failure() {
    Job job = written("paris");
    AtomicInteger calls = new AtomicInteger();
    StatusProcessor processor =
        telling(
            failures -> {
              if (calls.getAndIncrement() == 0) {
                throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "no answer");
              }
            });
    List<FinishedAttempt> attempts =
        List.of(finished(job, new TaskOutcome.Rejected("AccessDenied", "no")));

    assertThatThrownBy(() -> processor.settle(attempts)).isInstanceOf(BackbeatException.class);
    assertThat(stores.failedJobs().find(job.key()).orElseThrow().state())
        .isEqualTo(JobState.QUEUED);
    assertThat(processor.settle(attempts)).singleElement().isInstanceOf(JobEvent.Failed.class);
    assertThat(calls).hasValue(2);
    assertThat(stores.failedJobs().find(job.key()).orElseThrow().state())
        .isEqualTo(JobState.FAILED);
  }

  private StatusProcessor telling(FailureNotices notices) {
    return new StatusProcessor(
        stores.statuses(),
        stores.failedJobs(),
        stores.queue(),
        CompletionPlanner.NONE,
        location -> TWO_ATTEMPTS,
        RandomGenerator.getDefault(),
        notices);
  }

  private StatusProcessor processor(CompletionPlanner followUp) {
    return processor(stores.queue(), followUp);
  }

  private StatusProcessor processor(JobQueue queue, CompletionPlanner followUp) {
    return new StatusProcessor(
        stores.statuses(),
        stores.failedJobs(),
        queue,
        followUp,
        TWO_ATTEMPTS,
        RandomGenerator.getDefault());
  }

  /** A client write of the object, and its job to the first location, recorded as queued. */
  private Job written(String... locations) {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", locations).put()));
    Job job = jobTo(locations[0]);
    stores.failedJobs().record(List.of(LedgerEntry.queued(job)));
    return job;
  }

  private Job jobTo(String location) {
    String revision = stores.statuses().find(Set.of(object)).get(object).revision();
    return new Job(
        new JobKey(JobType.REPLICATION, object, LocationName.of(location)),
        revision,
        100,
        0,
        NOW,
        "{}");
  }

  private SiteStatus statusAt(LocationName location) {
    return stores.statuses().find(Set.of(object)).get(object).at(location).orElseThrow().status();
  }

  private static FinishedAttempt finished(Job job, TaskOutcome outcome) {
    return new FinishedAttempt(job, outcome, NOW);
  }
}
