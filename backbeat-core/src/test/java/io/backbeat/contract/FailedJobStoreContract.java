package io.backbeat.contract;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.FailedJobStore.Finished;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.LedgerEntry.Failure;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link FailedJobStore} promises. */
public abstract class FailedJobStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.250Z");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final LocationName PARIS = LocationName.of("paris");
  private static final JobType TYPE = JobType.REPLICATION;

  private FailedJobStore store;

  /** An empty store. */
  protected abstract FailedJobStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private static Failure failure(Instant last) {
    return new Failure(NOW.minus(Duration.ofDays(300)), last, "Timeout", "no answer in 5 s");
  }

  private static LedgerEntry failed(Jobs job) {
    return LedgerEntry.failed(job.build(), failure(NOW));
  }

  private static LedgerEntry waiting(Jobs job, Instant due) {
    return LedgerEntry.waiting(job.build(), failure(NOW), due);
  }

  private void record(LedgerEntry... entries) {
    store.record(List.of(entries));
  }

  private LedgerEntry found(Jobs job) {
    return store.find(job.jobKey()).orElseThrow();
  }

  private static List<String> keys(List<LedgerEntry> entries) {
    return entries.stream().map(e -> e.job().object().key()).toList();
  }

  private static List<JobKey> jobKeys(List<LedgerEntry> entries) {
    return entries.stream().map(e -> e.job().key()).toList();
  }

  private List<LedgerEntry> firstPage(int limit) {
    return store.failed(TYPE, PARIS, Long.MAX_VALUE, limit);
  }

  private long count(LocationName location, JobState state) {
    return store.counts(TYPE).getOrDefault(location, Map.of()).getOrDefault(state, 0L);
  }

  // find

  @Test
  void empty_store_has_nothing() {
    assertThat(store.find(aJob().jobKey())).isEmpty();
    assertThat(store.find(aJob().object())).isEmpty();
    assertThat(firstPage(10)).isEmpty();
    assertThat(store.takeDue(NOW, LEASE, 10)).isEmpty();
    assertThat(store.takeFailed(aJob().jobKey(), NOW, LEASE)).isEmpty();
    assertThat(store.nextDue()).isEmpty();
    assertThat(count(PARIS, JobState.QUEUED)).isZero();
    assertThat(store.purge(NOW.plus(Duration.ofDays(30_000)))).isZero();
  }

  @Test
  void entry_is_found_with_all_it_had() {
    Job job =
        aJob()
            .object(new ObjectVersion("b", "../a:b\n\uD83D\uDE00", "3938"))
            .revision("r:7")
            .bytes(5_000_000_000L)
            .attempt(3)
            .payload("{\"é\":\"\uD83D\uDE00\"}")
            .build();
    Failure failure =
        new Failure(Jobs.CREATED.plusMillis(1), Jobs.CREATED.plusMillis(2), "Timeout", "späť\n");
    LedgerEntry entry = LedgerEntry.waiting(job, failure, NOW);
    record(entry);

    assertThat(store.find(job.key())).contains(entry);
    assertThat(store.find(job.object())).containsExactly(entry);
  }

  @Test
  void entries_of_a_version_are_found_over_all_locations_and_types() {
    Jobs gc = aJob().type(JobType.GARBAGE_COLLECTION);
    record(
        LedgerEntry.queued(aJob().build()),
        failed(aJob().at("tokyo")),
        waiting(gc, NOW),
        LedgerEntry.queued(aJob().key("other").build()),
        LedgerEntry.queued(aJob().object(new ObjectVersion("bucket", "key", "v1")).build()));

    assertThat(jobKeys(store.find(aJob().object())))
        .containsExactlyInAnyOrder(aJob().jobKey(), aJob().at("tokyo").jobKey(), gc.jobKey());
  }

  // record

  @Test
  void entry_replaces_the_one_of_the_same_key_and_revision() {
    record(LedgerEntry.queued(aJob().build()));
    LedgerEntry second = waiting(aJob().attempt(1), NOW);
    record(second);

    assertThat(store.find(aJob().object())).containsExactly(second);
  }

  @Test
  void later_entry_of_one_call_wins() {
    LedgerEntry second = waiting(aJob().attempt(1), NOW);
    record(LedgerEntry.queued(aJob().build()), second);

    assertThat(store.find(aJob().object())).containsExactly(second);
  }

  @Test
  void freshly_queued_entry_replaces_one_of_another_revision() {
    record(failed(aJob().revision("1")));
    LedgerEntry newer = LedgerEntry.queued(aJob().revision("2").build());
    record(newer);

    assertThat(store.find(aJob().jobKey())).contains(newer);
    assertThat(firstPage(10)).isEmpty();
  }

  @Test
  void entry_that_is_not_freshly_queued_does_not_replace_one_of_another_revision() {
    LedgerEntry newer = LedgerEntry.queued(aJob().revision("2").build());
    record(newer);

    record(waiting(aJob().revision("1"), NOW));
    assertThat(store.find(aJob().jobKey())).contains(newer);

    record(failed(aJob().revision("1")));
    assertThat(store.find(aJob().jobKey())).contains(newer);
    assertThat(firstPage(10)).isEmpty();
    assertThat(store.nextDue()).isEmpty();
  }

  @Test
  void entry_that_is_not_freshly_queued_is_inserted_where_there_is_none() {
    record(waiting(aJob(), NOW));

    assertThat(found(aJob()).state()).isEqualTo(JobState.WAITING);
  }

  @Test
  void replaced_entry_leaves_the_failed_list_and_the_due_ones() {
    record(failed(aJob().key("a")), waiting(aJob().key("b"), NOW));
    record(
        LedgerEntry.queued(aJob().key("a").build()), LedgerEntry.queued(aJob().key("b").build()));

    assertThat(firstPage(10)).isEmpty();
    assertThat(store.nextDue()).isEmpty();
    assertThat(store.takeDue(NOW.plus(LEASE), LEASE, 10)).isEmpty();
    assertThat(store.takeFailed(aJob().key("a").jobKey(), NOW, LEASE)).isEmpty();
  }

  // remove

  @Test
  void finished_jobs_are_removed() {
    record(
        LedgerEntry.queued(aJob().key("a").build()),
        failed(aJob().key("b")),
        waiting(aJob().key("c"), NOW),
        LedgerEntry.queued(aJob().key("d").build()));

    store.remove(
        List.of(finished(aJob().key("a")), finished(aJob().key("b")), finished(aJob().key("c"))));

    assertThat(store.find(aJob().key("a").object())).isEmpty();
    assertThat(store.find(aJob().key("b").jobKey())).isEmpty();
    assertThat(firstPage(10)).isEmpty();
    assertThat(store.nextDue()).isEmpty();
    assertThat(store.find(aJob().key("d").jobKey())).isPresent();
  }

  @Test
  void entry_of_another_revision_stays_when_a_job_is_finished() {
    record(LedgerEntry.queued(aJob().revision("2").build()));

    store.remove(List.of(finished(aJob().revision("1"))));

    assertThat(found(aJob()).job().revision()).isEqualTo("2");
  }

  @Test
  void removing_what_is_not_there_does_nothing() {
    record(LedgerEntry.queued(aJob().build()));

    store.remove(List.of(finished(aJob().key("other")), finished(aJob().at("tokyo"))));
    store.remove(List.of());

    assertThat(store.find(aJob().jobKey())).isPresent();
  }

  private static Finished finished(Jobs job) {
    return new Finished(job.jobKey(), job.revision());
  }

  // failed

  @Test
  void failed_jobs_are_listed_newest_first() {
    record(failed(aJob().key("a")), failed(aJob().key("b")));
    record(failed(aJob().key("c")));

    assertThat(keys(firstPage(10))).containsExactly("c", "b", "a");
  }

  @Test
  void failed_list_shows_everything_but_payloads() {
    LedgerEntry entry = failed(aJob().key("a").attempt(3));
    record(entry);

    LedgerEntry listed = firstPage(10).get(0);

    assertThat(listed.job()).isEqualTo(entry.job().withoutPayload());
    assertThat(listed.state()).isEqualTo(JobState.FAILED);
    assertThat(listed.failure()).isEqualTo(entry.failure());
    assertThat(entry.job().payload()).isNotEmpty();
  }

  @Test
  void failed_list_has_only_failed_jobs_of_the_type_and_location() {
    record(
        failed(aJob().key("a")),
        LedgerEntry.queued(aJob().key("b").build()),
        waiting(aJob().key("c"), NOW),
        failed(aJob().key("d").at("tokyo")),
        failed(aJob().key("e").type(JobType.GARBAGE_COLLECTION)));

    assertThat(keys(firstPage(10))).containsExactly("a");
    assertThat(store.failed(TYPE, LocationName.of("rome"), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void failed_jobs_have_unique_positive_markers_and_newer_ones_have_greater() {
    record(failed(aJob().key("a")), failed(aJob().key("b")), failed(aJob().key("c").at("tokyo")));
    record(failed(aJob().key("d")));

    List<Long> oldestFirst =
        IntStream.range(0, 4)
            .mapToObj(i -> aJob().key("abcd".substring(i, i + 1)).at(i == 2 ? "tokyo" : "paris"))
            .map(job -> found(job).marker())
            .toList();
    assertThat(oldestFirst).doesNotHaveDuplicates().isSorted();
    assertThat(oldestFirst).allMatch(marker -> marker > 0);
    assertThat(firstPage(1).get(0).marker()).isEqualTo(oldestFirst.get(3));
  }

  @Test
  void only_failed_entries_have_a_marker() {
    record(
        waiting(aJob().key("a"), NOW),
        LedgerEntry.queued(aJob().key("b").build()),
        failed(aJob().key("c")));
    LedgerEntry taken = store.takeFailed(aJob().key("c").jobKey(), NOW, LEASE).orElseThrow();

    assertThat(taken.marker()).isZero();
    assertThat(List.of(found(aJob().key("a")), found(aJob().key("b")), found(aJob().key("c"))))
        .allMatch(e -> e.marker() == 0);
  }

  @Test
  void job_that_fails_again_gets_a_greater_marker_and_comes_first() {
    record(failed(aJob().key("a")), failed(aJob().key("b")));
    long before = found(aJob().key("b")).marker();

    record(failed(aJob().key("a").attempt(9)));

    assertThat(keys(firstPage(10))).containsExactly("a", "b");
    assertThat(found(aJob().key("a")).marker()).isGreaterThan(before);
  }

  @Test
  void marker_of_a_removed_entry_is_not_given_again() {
    record(failed(aJob().key("a")));
    long marker = found(aJob().key("a")).marker();
    store.remove(List.of(finished(aJob().key("a"))));

    record(failed(aJob().key("b")));

    assertThat(found(aJob().key("b")).marker()).isGreaterThan(marker);
  }

  @Test
  void pages_follow_each_other_by_marker_without_gap_or_repeat() {
    IntStream.range(0, 25).forEach(i -> record(failed(aJob().key("k" + i))));

    List<String> seen = new ArrayList<>();
    List<LedgerEntry> page = firstPage(10);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(10);
      seen.addAll(keys(page));
      page = store.failed(TYPE, PARIS, page.get(page.size() - 1).marker(), 10);
    }

    assertThat(seen)
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "k" + (24 - i)).toList());
  }

  @Test
  void paging_survives_entries_that_come_and_go_between_two_pages() {
    IntStream.range(0, 10).forEach(i -> record(failed(aJob().key("k" + i))));
    List<LedgerEntry> first = firstPage(4);
    long marker = first.get(3).marker();

    record(failed(aJob().key("new")));
    store.remove(List.of(finished(aJob().key("k6")), finished(aJob().key("k3"))));
    store.takeFailed(aJob().key("k2").jobKey(), NOW, LEASE);

    assertThat(keys(first)).containsExactly("k9", "k8", "k7", "k6");
    assertThat(keys(store.failed(TYPE, PARIS, marker, 10))).containsExactly("k5", "k4", "k1", "k0");
  }

  @Test
  void paging_while_others_write_misses_no_entry_that_was_there_all_the_time() throws Exception {
    IntStream.range(0, 60).forEach(i -> record(failed(aJob().key("stays-" + i))));
    AtomicBoolean done = new AtomicBoolean();
    List<List<String>> results =
        Concurrently.run(
            2,
            thread -> {
              if (thread == 0) {
                for (int i = 0; !done.get(); i++) {
                  Jobs job = aJob().key("comes-" + i % 5);
                  record(failed(job));
                  store.remove(List.of(finished(job)));
                }
                return List.of();
              }
              try {
                List<String> seen = new ArrayList<>();
                List<LedgerEntry> page = firstPage(7);
                while (!page.isEmpty()) {
                  seen.addAll(keys(page));
                  page = store.failed(TYPE, PARIS, page.get(page.size() - 1).marker(), 7);
                }
                return seen;
              } finally {
                done.set(true);
              }
            });

    assertThat(results.get(1))
        .filteredOn(key -> key.startsWith("stays-"))
        .doesNotHaveDuplicates()
        .hasSize(60);
  }

  // takeDue

  @Test
  void due_jobs_are_taken_oldest_first_from_all_locations_and_types() {
    record(
        waiting(aJob().key("c"), NOW.minusSeconds(1)),
        waiting(aJob().key("a").at("tokyo"), NOW.minusSeconds(3)),
        waiting(aJob().key("b").type(JobType.GARBAGE_COLLECTION), NOW.minusSeconds(2)),
        waiting(aJob().key("d"), NOW));

    assertThat(keys(store.takeDue(NOW, LEASE, 10))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void job_that_is_not_due_or_not_waiting_is_not_taken() {
    record(
        waiting(aJob().key("later"), NOW.plusMillis(1)),
        LedgerEntry.queued(aJob().key("queued").build()),
        failed(aJob().key("failed")));

    assertThat(store.takeDue(NOW, LEASE, 10)).isEmpty();
    assertThat(keys(store.takeDue(NOW.plusMillis(1), LEASE, 10))).containsExactly("later");
  }

  @Test
  void no_more_jobs_are_taken_than_asked() {
    record(
        waiting(aJob().key("a"), NOW.minusSeconds(3)),
        waiting(aJob().key("b"), NOW.minusSeconds(2)),
        waiting(aJob().key("c"), NOW.minusSeconds(1)));

    assertThat(keys(store.takeDue(NOW, LEASE, 2))).containsExactly("a", "b");
    assertThat(keys(store.takeDue(NOW, LEASE, 2))).containsExactly("c");
  }

  @Test
  void taken_job_is_put_off_by_the_lease_and_keeps_its_history() {
    LedgerEntry before = waiting(aJob().attempt(2), NOW.minusSeconds(9));
    record(before);

    LedgerEntry taken = store.takeDue(NOW, LEASE, 10).get(0);

    LedgerEntry expected =
        LedgerEntry.waiting(before.job(), before.failure().orElseThrow(), NOW.plus(LEASE));
    assertThat(taken).isEqualTo(expected);
    assertThat(store.find(aJob().jobKey())).contains(expected);
    assertThat(store.nextDue()).contains(NOW.plus(LEASE));
    assertThat(store.takeDue(NOW, LEASE, 10)).isEmpty();
  }

  @Test
  void job_whose_taker_crashed_is_due_again_after_the_lease() {
    record(waiting(aJob(), NOW));
    store.takeDue(NOW, LEASE, 10);

    assertThat(store.takeDue(NOW.plus(LEASE).minusMillis(1), LEASE, 10)).isEmpty();
    assertThat(store.takeDue(NOW.plus(LEASE), LEASE, 10)).hasSize(1);
  }

  @Test
  void each_due_job_is_taken_by_one_of_several_threads() throws Exception {
    List<LedgerEntry> due =
        IntStream.range(0, 100).mapToObj(i -> waiting(aJob().key("k" + i), NOW)).toList();
    store.record(due);

    List<List<LedgerEntry>> taken =
        Concurrently.run(
            8,
            thread -> {
              List<LedgerEntry> mine = new ArrayList<>();
              List<LedgerEntry> some = store.takeDue(NOW, LEASE, 3);
              while (!some.isEmpty()) {
                mine.addAll(some);
                some = store.takeDue(NOW, LEASE, 3);
              }
              return mine;
            });

    assertThat(keys(taken.stream().flatMap(List::stream).toList()))
        .doesNotHaveDuplicates()
        .hasSize(100);
  }

  // takeFailed

  @Test
  void failed_job_that_is_taken_waits_for_its_lease_and_keeps_its_history() {
    LedgerEntry before = failed(aJob().attempt(5));
    record(before);

    LedgerEntry taken = store.takeFailed(aJob().jobKey(), NOW, LEASE).orElseThrow();

    LedgerEntry expected =
        LedgerEntry.waiting(before.job(), before.failure().orElseThrow(), NOW.plus(LEASE));
    assertThat(taken).isEqualTo(expected);
    assertThat(store.find(aJob().jobKey())).contains(expected);
    assertThat(firstPage(10)).isEmpty();
    assertThat(store.nextDue()).contains(NOW.plus(LEASE));
  }

  @Test
  void failed_job_whose_taker_crashed_is_due_after_the_lease() {
    record(failed(aJob()));
    store.takeFailed(aJob().jobKey(), NOW, LEASE);

    assertThat(store.takeDue(NOW.plus(LEASE).minusMillis(1), LEASE, 10)).isEmpty();
    assertThat(jobKeys(store.takeDue(NOW.plus(LEASE), LEASE, 10))).containsExactly(aJob().jobKey());
  }

  @Test
  void job_that_is_not_failed_is_not_taken_for_a_retry() {
    record(LedgerEntry.queued(aJob().key("queued").build()), waiting(aJob().key("waiting"), NOW));

    assertThat(store.takeFailed(aJob().key("queued").jobKey(), NOW, LEASE)).isEmpty();
    assertThat(store.takeFailed(aJob().key("waiting").jobKey(), NOW, LEASE)).isEmpty();
    assertThat(store.takeFailed(aJob().key("unknown").jobKey(), NOW, LEASE)).isEmpty();
    assertThat(found(aJob().key("queued")).state()).isEqualTo(JobState.QUEUED);
    assertThat(store.nextDue()).contains(NOW);
  }

  @Test
  void failed_job_is_taken_by_one_of_several_threads() throws Exception {
    List<Jobs> jobs = IntStream.range(0, 200).mapToObj(i -> aJob().key("k" + i)).toList();
    store.record(jobs.stream().map(FailedJobStoreContract::failed).toList());

    List<List<LedgerEntry>> taken =
        Concurrently.run(
            8,
            thread ->
                jobs.stream()
                    .flatMap(job -> store.takeFailed(job.jobKey(), NOW, LEASE).stream())
                    .toList());

    assertThat(keys(taken.stream().flatMap(List::stream).toList()))
        .doesNotHaveDuplicates()
        .hasSize(200);
  }

  // requeued

  @Test
  void taken_job_becomes_queued_with_the_given_attempts_and_keeps_its_history() {
    record(failed(aJob().attempt(5)), waiting(aJob().key("b").attempt(2), NOW));
    LedgerEntry retried = store.takeFailed(aJob().jobKey(), NOW, LEASE).orElseThrow();
    LedgerEntry due = store.takeDue(NOW, LEASE, 10).get(0);

    store.requeued(List.of(retried.withAttempt(0), due));

    Optional<Failure> history = Optional.of(failure(NOW));
    assertThat(found(aJob()))
        .isEqualTo(new LedgerEntry(aJob().build(), JobState.QUEUED, history, Optional.empty(), 0));
    assertThat(found(aJob().key("b")).job().attempt()).isEqualTo(2);
    assertThat(found(aJob().key("b")).state()).isEqualTo(JobState.QUEUED);
    assertThat(store.nextDue()).isEmpty();
  }

  @Test
  void job_taken_at_any_fraction_of_a_second_becomes_queued() {
    Instant now = NOW.plusNanos(123_456);
    record(failed(aJob().key("a")), waiting(aJob().key("b"), NOW.minusNanos(654_321)));
    LedgerEntry retried = store.takeFailed(aJob().key("a").jobKey(), now, LEASE).orElseThrow();
    LedgerEntry due = store.takeDue(now, LEASE, 10).get(0);

    store.requeued(List.of(retried, due));

    assertThat(found(aJob().key("a")).state()).isEqualTo(JobState.QUEUED);
    assertThat(found(aJob().key("b")).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void job_finished_before_its_requeue_is_told_stays_gone() {
    record(failed(aJob()));
    LedgerEntry taken = store.takeFailed(aJob().jobKey(), NOW, LEASE).orElseThrow();
    store.remove(List.of(finished(aJob())));

    store.requeued(List.of(taken));

    assertThat(store.find(aJob().jobKey())).isEmpty();
  }

  @Test
  void job_failed_again_before_its_requeue_is_told_stays_failed() {
    record(failed(aJob()));
    LedgerEntry taken = store.takeFailed(aJob().jobKey(), NOW, LEASE).orElseThrow();
    record(failed(aJob().attempt(6)));

    store.requeued(List.of(taken));

    assertThat(found(aJob()).state()).isEqualTo(JobState.FAILED);
    assertThat(firstPage(10)).hasSize(1);
  }

  @Test
  void job_waiting_again_before_its_requeue_is_told_stays_waiting() {
    record(waiting(aJob(), NOW));
    LedgerEntry taken = store.takeDue(NOW, LEASE, 1).get(0);
    Instant next = NOW.plus(LEASE).plusSeconds(7);
    record(waiting(aJob().attempt(1), next));

    store.requeued(List.of(taken));

    assertThat(found(aJob()).nextAttempt()).contains(next);
    assertThat(store.nextDue()).contains(next);
  }

  @Test
  void job_superseded_before_its_requeue_is_told_stays_superseded() {
    record(failed(aJob().revision("1")));
    LedgerEntry taken = store.takeFailed(aJob().jobKey(), NOW, LEASE).orElseThrow();
    LedgerEntry newer = LedgerEntry.queued(aJob().revision("2").build());
    record(newer);

    store.requeued(List.of(taken));

    assertThat(store.find(aJob().jobKey())).contains(newer);
  }

  // nextDue, counts, purge

  @Test
  void next_due_is_the_earliest_of_all_waiting_jobs() {
    record(
        waiting(aJob().key("a"), NOW.plusSeconds(5)),
        waiting(aJob().key("b").at("tokyo"), NOW.plusSeconds(2)),
        failed(aJob().key("c")));
    assertThat(store.nextDue()).contains(NOW.plusSeconds(2));

    store.remove(List.of(finished(aJob().key("b").at("tokyo"))));
    assertThat(store.nextDue()).contains(NOW.plusSeconds(5));
  }

  @Test
  void counts_tell_entries_of_a_type_by_location_and_state() {
    record(
        LedgerEntry.queued(aJob().key("a").build()),
        LedgerEntry.queued(aJob().key("b").build()),
        waiting(aJob().key("c"), NOW),
        failed(aJob().key("d")),
        failed(aJob().key("d").at("tokyo")),
        failed(aJob().key("d").type(JobType.GARBAGE_COLLECTION)));

    assertThat(count(PARIS, JobState.QUEUED)).isEqualTo(2);
    assertThat(count(PARIS, JobState.WAITING)).isEqualTo(1);
    assertThat(count(PARIS, JobState.FAILED)).isEqualTo(1);
    assertThat(count(LocationName.of("tokyo"), JobState.FAILED)).isEqualTo(1);
    assertThat(count(LocationName.of("tokyo"), JobState.QUEUED)).isZero();
    assertThat(count(LocationName.of("rome"), JobState.FAILED)).isZero();
  }

  @Test
  void counts_follow_every_change() {
    record(
        failed(aJob().key("a")),
        failed(aJob().key("b")),
        LedgerEntry.queued(aJob().key("c").build()));
    LedgerEntry taken = store.takeFailed(aJob().key("a").jobKey(), NOW, LEASE).orElseThrow();
    assertThat(count(PARIS, JobState.FAILED)).isEqualTo(1);
    assertThat(count(PARIS, JobState.WAITING)).isEqualTo(1);

    store.requeued(List.of(taken));
    assertThat(count(PARIS, JobState.WAITING)).isZero();
    assertThat(count(PARIS, JobState.QUEUED)).isEqualTo(2);

    record(failed(aJob().key("c")));
    store.remove(List.of(finished(aJob().key("a")), finished(aJob().key("b"))));
    assertThat(count(PARIS, JobState.QUEUED)).isZero();
    assertThat(count(PARIS, JobState.FAILED)).isEqualTo(1);

    store.purge(NOW.plusSeconds(1));
    assertThat(count(PARIS, JobState.FAILED)).isZero();
  }

  @Test
  void purge_removes_only_failed_jobs_whose_last_failure_is_before_the_instant() {
    Instant old = NOW.minusSeconds(1);
    record(
        LedgerEntry.failed(aJob().key("old").build(), failure(old)),
        LedgerEntry.failed(aJob().key("old").at("tokyo").build(), failure(old)),
        LedgerEntry.failed(aJob().key("edge").build(), failure(NOW)),
        LedgerEntry.waiting(aJob().key("waiting").build(), failure(old), NOW),
        LedgerEntry.queued(aJob().key("queued").build()));

    assertThat(store.purge(NOW)).isEqualTo(2);

    assertThat(store.find(aJob().key("old").object())).isEmpty();
    assertThat(keys(firstPage(10))).containsExactly("edge");
    assertThat(store.find(aJob().key("waiting").jobKey())).isPresent();
    assertThat(store.find(aJob().key("queued").jobKey())).isPresent();
    assertThat(store.purge(NOW)).isZero();
  }

  @Test
  void unfinished_are_the_queued_and_waiting_of_a_type_with_their_bytes() {
    record(
        LedgerEntry.queued(aJob().bytes(10).build()),
        waiting(aJob().key("later").bytes(5), NOW),
        failed(aJob().key("lost").bytes(100)),
        LedgerEntry.queued(aJob().type(JobType.GARBAGE_COLLECTION).bytes(1000).build()),
        LedgerEntry.queued(aJob().at("tokyo").bytes(7).build()));

    assertThat(store.unfinished(TYPE))
        .isEqualTo(Map.of(PARIS, new Amount(2, 15), LocationName.of("tokyo"), new Amount(1, 7)));
  }

  // ages

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<Instant> BOUNDS =
      List.of(NOW.minus(SECOND), NOW.minus(Duration.ofHours(1)));

  private static Jobs aged(String key, Duration age) {
    return aJob().key(key).created(NOW.minus(age)).bytes(age.toMillis());
  }

  private JobAges ages() {
    return store.ages(TYPE, PARIS, BOUNDS);
  }

  @Test
  void empty_store_has_no_ages_and_no_oldest_job() {
    assertThat(ages())
        .isEqualTo(new JobAges(List.of(Amount.ZERO, Amount.ZERO, Amount.ZERO), Optional.empty()));
  }

  @Test
  void job_as_old_as_a_bound_belongs_to_the_older_side() {
    record(
        LedgerEntry.queued(aged("young", SECOND.minusMillis(1)).build()),
        LedgerEntry.queued(aged("edge", SECOND).build()),
        waiting(aged("older", Duration.ofMinutes(59)), NOW),
        LedgerEntry.queued(aged("old", Duration.ofHours(1)).build()),
        LedgerEntry.queued(aged("oldest", Duration.ofHours(2)).build()));

    assertThat(ages().amounts())
        .containsExactly(
            new Amount(1, 999), new Amount(2, 1000 + 3_540_000), new Amount(2, 10_800_000));
    assertThat(ages().oldest())
        .contains(
            new JobAges.Oldest(aJob().key("oldest").object(), NOW.minus(Duration.ofHours(2))));
  }

  @Test
  void failed_jobs_and_those_of_other_locations_and_types_have_no_part_in_the_ages() {
    record(
        LedgerEntry.queued(aged("here", Duration.ofMinutes(1)).build()),
        failed(aged("lost", Duration.ofHours(3))),
        LedgerEntry.queued(aged("elsewhere", Duration.ofHours(4)).at("tokyo").build()),
        LedgerEntry.queued(
            aged("other", Duration.ofHours(5)).type(JobType.GARBAGE_COLLECTION).build()));

    assertThat(ages().amounts()).containsExactly(Amount.ZERO, new Amount(1, 60_000), Amount.ZERO);
    assertThat(ages().oldest()).map(o -> o.object().key()).contains("here");
  }

  @Test
  void ages_follow_a_job_through_all_its_states() {
    Jobs job = aged("job", Duration.ofMinutes(1));
    List<Amount> one = List.of(Amount.ZERO, new Amount(1, 60_000), Amount.ZERO);
    List<Amount> none = List.of(Amount.ZERO, Amount.ZERO, Amount.ZERO);
    record(LedgerEntry.queued(job.build()));
    assertThat(ages().amounts()).isEqualTo(one);
    record(waiting(job, NOW));
    assertThat(ages().amounts()).isEqualTo(one);
    store.requeued(store.takeDue(NOW, LEASE, 1));
    assertThat(ages().amounts()).isEqualTo(one);
    record(failed(job));
    assertThat(ages().amounts()).isEqualTo(none);
    store.requeued(store.takeFailed(job.jobKey(), NOW, LEASE).stream().toList());
    assertThat(ages().amounts()).isEqualTo(one);
    record(LedgerEntry.queued(job.revision("2").created(NOW).bytes(7).build()));
    assertThat(ages().amounts()).containsExactly(new Amount(1, 7), Amount.ZERO, Amount.ZERO);
    store.remove(List.of(finished(job.revision("2"))));
    assertThat(ages().amounts()).isEqualTo(none);
    assertThat(ages().oldest()).isEmpty();
  }

  @Test
  void bounds_that_do_not_descend_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> store.ages(TYPE, PARIS, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.ages(TYPE, PARIS, List.of(NOW, NOW)))
        .withMessageContaining(NOW.toString());
  }

  @Test
  void entries_recorded_and_removed_by_several_threads_add_up() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 40; i++) {
            Jobs job = aJob().key(thread + "-" + i);
            record(LedgerEntry.queued(job.build()));
            if (i % 2 == 0) {
              store.remove(List.of(finished(job)));
            } else {
              record(failed(job));
            }
          }
          return thread;
        });

    assertThat(count(PARIS, JobState.QUEUED)).isZero();
    assertThat(count(PARIS, JobState.FAILED)).isEqualTo(160);
    assertThat(firstPage(1000))
        .extracting(LedgerEntry::marker)
        .doesNotHaveDuplicates()
        .hasSize(160);
  }
}
