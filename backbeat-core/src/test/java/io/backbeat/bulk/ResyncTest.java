package io.backbeat.bulk;

import static io.backbeat.bulk.BulkSite.PARIS;
import static io.backbeat.bulk.BulkSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import io.backbeat.job.JobEvent;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.NarrowQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResyncTest {
  private static final Resync ALL = Resync.of(ObjectSelection.ALL);

  private final BulkSite site = new BulkSite();

  private BulkTask run(Resync request) {
    return site.finish(site.runner(), site.tasks.start(request));
  }

  @Test
  void exactly_the_versions_without_a_job_are_queued() {
    ObjectVersion lost = site.orphan("photos", "lost", "paris");
    ObjectVersion half = site.orphan("archive", "half", "paris", "tokyo");
    site.ledger().record(List.of(LedgerEntry.queued(site.job(half, "tokyo"))));
    site.stores.queue().publish(List.of(site.job(half, "tokyo")));
    ObjectVersion queued = site.queued("photos", "queued", "paris");
    ObjectVersion waiting = site.orphan("photos", "waiting", "paris");
    Instant now = site.clock.instant();
    site.ledger()
        .record(
            List.of(
                LedgerEntry.waiting(
                    site.job(waiting, "paris"),
                    new LedgerEntry.Failure(now, now, "Timeout", ""),
                    now.plusSeconds(60))));
    site.failed("photos", "failed", "paris", "Timeout");
    ObjectVersion done = site.orphan("photos", "done", "paris");
    site.move(done, "paris", StatusEvent.REPLICATED);
    site.orphan("photos", "elsewhere", "nowhere");
    site.orphan(Metadata.pending("photos", "plain").to());

    BulkTask task = run(ALL);

    assertThat(site.published(PARIS)).containsExactlyInAnyOrder(queued, half, lost);
    assertThat(task.state()).isEqualTo(BulkTask.State.DONE);
    assertThat(task.plan()).isEqualTo(new BulkCounts(8, 2, 0, 200));
    assertThat(task.progress()).isEqualTo(new BulkCounts(8, 2, 2, 200));
    assertThat(site.entry(lost, "paris"))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.state()).isEqualTo(JobState.QUEUED);
              assertThat(entry.failure()).isEmpty();
              assertThat(entry.job().payload()).contains("replicationInfo");
            });
    assertThat(site.events).hasSize(2).allMatch(event -> event instanceof JobEvent.Queued);
  }

  @Test
  void second_resync_finds_nothing() {
    site.orphan("photos", "lost", "paris");
    run(ALL);

    assertThat(run(ALL).plan().matched()).isZero();
    assertThat(site.published(PARIS)).hasSize(1);
  }

  @Test
  void dry_run_counts_and_changes_nothing() {
    ObjectVersion lost = site.orphan("photos", "lost", "paris", "tokyo");

    BulkTask task = run(ALL.planOnly());

    assertThat(task.plan()).isEqualTo(new BulkCounts(1, 2, 0, 200));
    assertThat(task.progress()).isEqualTo(BulkCounts.NONE);
    assertThat(site.entry(lost, "paris")).isEmpty();
    assertThat(site.published(PARIS)).isEmpty();
    assertThat(site.published(TOKYO)).isEmpty();
    assertThat(site.events).isEmpty();
  }

  @Test
  void bucket_prefix_location_and_time_narrow_it_down() {
    ObjectVersion wanted = site.orphan("photos", "2026/a", "paris", "tokyo");
    site.orphan("photos", "2025/a", "paris");
    site.orphan("photos-2", "2026/a", "paris");

    run(Resync.of(ObjectSelection.of("photos", "2026/").at(List.of(PARIS))));

    assertThat(site.published(PARIS)).containsExactly(wanted);
    assertThat(site.published(TOKYO)).isEmpty();
    Instant written = Jobs.CREATED;
    TimeRange before = TimeRange.before(written);
    TimeRange from = new TimeRange(Optional.of(written), Optional.of(written.plusMillis(1)));
    assertThat(run(within(before)).plan().matched()).isZero();
    assertThat(run(within(from)).plan().matched()).isEqualTo(3);
  }

  private static Resync within(TimeRange range) {
    return new Resync(ObjectSelection.ALL, range, Set.of(SiteStatus.PENDING), true, 0);
  }

  @Test
  void prefix_counts_in_all_buckets_when_none_is_named() {
    ObjectVersion one = site.orphan("a", "x/1", "paris");
    ObjectVersion two = site.orphan("b", "x/1", "paris");
    site.orphan("b", "y/1", "paris");

    run(Resync.of(new ObjectSelection(List.of(), Optional.empty(), "x/")));

    assertThat(site.published(PARIS)).containsExactly(one, two);
  }

  @Test
  void entry_of_an_older_revision_is_no_job_of_the_version() {
    ObjectVersion object = site.orphan("photos", "a", "paris");
    site.ledger()
        .record(List.of(LedgerEntry.queued(Jobs.aJob().object(object).revision("older").build())));

    run(ALL);

    assertThat(site.published(PARIS)).containsExactly(object);
    assertThat(site.entry(object, "paris").orElseThrow().job().revision())
        .isEqualTo(site.job(object, "paris").revision());
  }

  @Test
  void queued_job_that_its_queue_has_lost_is_queued_again() {
    ObjectVersion object = site.orphan("photos", "a", "paris");
    site.ledger().record(List.of(LedgerEntry.queued(site.job(object, "paris"))));

    assertThat(run(ALL).progress().queued()).isEqualTo(1);
    assertThat(site.published(PARIS)).containsExactly(object);
    assertThat(site.events).isEmpty(); // it counts as pending all the time
  }

  @Test
  void queued_job_is_not_lost_while_its_queue_has_a_backlog_or_it_is_young() {
    ObjectVersion old = site.orphan("photos", "old", "paris");
    site.ledger().record(List.of(LedgerEntry.queued(site.job(old, "paris"))));
    site.queued("photos", "other", "paris");

    assertThat(run(ALL).plan().matched()).isZero();

    BulkSite young = new BulkSite();
    young.clock.set(Jobs.CREATED.plusSeconds(60));
    ObjectVersion object = young.orphan("photos", "a", "paris");
    young.ledger().record(List.of(LedgerEntry.queued(young.job(object, "paris"))));
    BulkTask task = young.finish(young.runner(), young.tasks.start(ALL));
    assertThat(task.plan().matched()).isZero();
  }

  @Test
  void failed_and_completed_are_queued_when_they_are_asked_for() {
    ObjectVersion recorded = site.failed("photos", "recorded", "paris", "Timeout");
    ObjectVersion forgotten = site.orphan("photos", "forgotten", "paris");
    site.move(forgotten, "paris", StatusEvent.ATTEMPTS_EXHAUSTED);
    ObjectVersion done = site.orphan("photos", "done", "tokyo");
    site.move(done, "tokyo", StatusEvent.REPLICATED);

    run(ALL.of(Set.of(SiteStatus.FAILED)));
    assertThat(site.published(PARIS)).containsExactlyInAnyOrder(recorded, forgotten);
    assertThat(site.status(forgotten, "paris")).isEqualTo(SiteStatus.PENDING);

    run(ALL.of(Set.of(SiteStatus.COMPLETED)));
    assertThat(site.published(TOKYO)).containsExactly(done);
    assertThat(site.status(done, "tokyo")).isEqualTo(SiteStatus.PENDING);
  }

  @Test
  void version_in_a_cold_location_is_left_alone() {
    Metadata cold = Metadata.pending("photos", "cold", "paris");
    site.stores
        .journal()
        .append(
            List.of(
                new io.backbeat.log.MetadataChange.Put(
                    cold.object(), cold.json().replace("us-east-1", "glacier"))));

    assertThat(run(ALL).plan().matched()).isZero();
  }

  @Test
  void completed_version_of_a_transient_source_is_left_alone() {
    Metadata kept = Metadata.pending("photos", "kept", "paris", "tokyo");
    site.stores
        .journal()
        .append(
            List.of(
                new io.backbeat.log.MetadataChange.Put(
                    kept.object(), kept.json().replace("us-east-1", "scratch"))));
    site.move(kept.object(), "paris", StatusEvent.REPLICATED);

    run(ALL.of(Set.of(SiteStatus.COMPLETED, SiteStatus.PENDING)));

    assertThat(site.published(PARIS)).isEmpty();
    assertThat(site.status(kept.object(), "paris")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(site.published(TOKYO)).containsExactly(kept.object()); // its data is still there
  }

  @Test
  void completed_version_is_queued_by_the_step_after_one_that_a_store_broke_off() {
    ObjectVersion done = site.orphan("photos", "done", "paris");
    site.move(done, "paris", StatusEvent.REPLICATED);
    Instant now = site.clock.instant();
    site.ledger()
        .record(
            List.of(
                LedgerEntry.queued(site.job(done, "paris")),
                new LedgerEntry(
                    site.job(done, "paris"),
                    JobState.WAITING,
                    Optional.empty(),
                    Optional.of(now.plusSeconds(60)),
                    0)));

    BulkTask task = run(ALL.of(Set.of(SiteStatus.COMPLETED)));

    assertThat(task.progress().queued()).isEqualTo(1);
    assertThat(site.published(PARIS)).containsExactly(done);
    assertThat(site.status(done, "paris")).isEqualTo(SiteStatus.PENDING);
    assertThat(site.events).hasSize(1).allMatch(event -> event instanceof JobEvent.Queued);
  }

  @Test
  void failure_whose_status_was_lost_is_told_again_and_not_queued() {
    ObjectVersion failed = site.failed("photos", "failed", "paris", "Timeout");
    site.move(failed, "paris", StatusEvent.RETRY_REQUESTED);

    assertThat(run(ALL.planOnly()).plan().matched()).isZero();
    assertThat(site.status(failed, "paris")).isEqualTo(SiteStatus.PENDING);
    assertThat(run(ALL).progress().queued()).isZero();

    assertThat(site.status(failed, "paris")).isEqualTo(SiteStatus.FAILED);
    assertThat(site.entry(failed, "paris").orElseThrow().state()).isEqualTo(JobState.FAILED);
    assertThat(site.published(PARIS)).isEmpty();
  }

  @Test
  void job_that_is_too_large_fails_and_keeps_no_other_from_its_queue() {
    ObjectVersion large = site.orphan("photos", "large", "paris");
    ObjectVersion small = site.orphan("photos", "small", "paris");
    NarrowQueue narrow = new NarrowQueue(site.stores.queue(), job -> job.object().equals(large));

    BulkTask task =
        site.finish(
            site.runner(narrow, SweepPolicy.NEVER, io.backbeat.store.Leadership.ALONE),
            site.tasks.start(ALL));

    assertThat(task.progress()).isEqualTo(new BulkCounts(2, 2, 1, 200));
    assertThat(site.published(PARIS)).containsExactly(small);
    assertThat(site.entry(large, "paris").orElseThrow().state()).isEqualTo(JobState.FAILED);
  }
}
