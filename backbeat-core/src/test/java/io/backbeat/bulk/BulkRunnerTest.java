package io.backbeat.bulk;

import static io.backbeat.bulk.BulkSite.PARIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.BulkRequest.Retry;
import io.backbeat.api.BulkTask;
import io.backbeat.api.BulkTask.State;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryBulkTaskStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.store.Leadership;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.NarrowQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BulkRunnerTest {
  private static final Resync ALL = Resync.of(ObjectSelection.ALL);

  private final BulkSite site = new BulkSite();

  private void orphans(int count) {
    for (int i = 0; i < count; i++) {
      site.orphan("photos", "key-%04d".formatted(i), "paris");
    }
  }

  /** Rounds until something was queued. */
  private void begin(BulkRunner runner, BulkTask task) {
    while (site.tasks.get(task.id()).progress().queued() == 0) {
      site.clock.advance(runner.round());
    }
  }

  // operators

  @Test
  void pause_holds_and_resume_goes_on_where_it_stood() {
    orphans(500);
    BulkTask task = site.tasks.start(ALL);
    BulkRunner runner = site.runner();
    begin(runner, task);

    long queued = site.tasks.pause(task.id()).progress().queued();
    for (int i = 0; i < 20; i++) {
      site.clock.advance(runner.round());
    }
    assertThat(site.tasks.get(task.id()).state()).isEqualTo(State.PAUSED);
    assertThat(site.tasks.get(task.id()).progress().queued()).isEqualTo(queued).isLessThan(500);
    assertThat(site.published(PARIS)).hasSize((int) queued);

    assertThat(site.tasks.resume(task.id()).state()).isEqualTo(State.RUNNING);
    assertThat(site.finish(runner, task).progress().queued()).isEqualTo(500);
    assertThat(site.published(PARIS)).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void task_that_nobody_works_on_says_so() {
    orphans(500);
    BulkTask task = site.tasks.start(ALL);
    site.clock.advance(Duration.ofSeconds(30));
    assertThat(site.tasks.get(task.id()).error()).isEmpty();
    site.clock.advance(Duration.ofSeconds(1));
    assertThat(site.tasks.get(task.id()).error()).contains("no process works on it", "populator");
    assertThat(site.tasks.list()).containsExactly(site.tasks.get(task.id()));

    BulkRunner runner = site.runner();
    begin(runner, task);
    assertThat(site.tasks.get(task.id()).error()).isEmpty();
    site.clock.advance(Duration.ofMinutes(2));
    assertThat(site.tasks.get(task.id()).error()).isEmpty();
    site.clock.advance(Duration.ofMinutes(1).plusSeconds(1));
    assertThat(site.tasks.get(task.id()).error()).contains("no process");
    assertThat(site.finish(runner, task).error()).isEmpty();
  }

  @Test
  void cancel_stops_for_good() {
    orphans(500);
    BulkTask task = site.tasks.start(ALL);
    BulkRunner runner = site.runner();
    begin(runner, task);

    BulkTask cancelled = site.tasks.cancel(task.id());
    for (int i = 0; i < 20; i++) {
      site.clock.advance(runner.round());
    }

    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.endedAt()).contains(site.clock.instant().minus(Duration.ofSeconds(10)));
    assertThat(site.tasks.get(task.id())).isEqualTo(cancelled);
    assertThat(site.tasks.resume(task.id())).isEqualTo(cancelled);
    assertThat(site.tasks.pause(task.id())).isEqualTo(cancelled);
    assertThat(site.published(PARIS)).hasSize((int) cancelled.progress().queued());
  }

  @Test
  void pause_while_a_step_is_made_keeps_what_the_step_has_done() {
    orphans(300);
    AtomicReference<Runnable> during = new AtomicReference<>(() -> {});
    JobQueue queue =
        new NarrowQueue(
            site.stores.queue(),
            job -> {
              during.getAndSet(() -> {}).run();
              return false;
            });
    BulkRunner runner = site.runner(queue, SweepPolicy.NEVER, Leadership.ALONE);
    BulkTask task = site.tasks.start(ALL);
    during.set(() -> site.tasks.pause(task.id()));
    begin(runner, task);

    assertThat(site.tasks.get(task.id()).state()).isEqualTo(State.PAUSED);
    assertThat(site.tasks.get(task.id()).progress().queued()).isEqualTo(100);
    site.tasks.resume(task.id());
    assertThat(site.finish(runner, task).progress().queued()).isEqualTo(300);
    assertThat(site.published(PARIS)).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void unknown_task_and_location_are_refused() {
    for (var call :
        List.<Runnable>of(
            () -> site.tasks.get("x"),
            () -> site.tasks.pause("x"),
            () -> site.tasks.resume("x"),
            () -> site.tasks.cancel("x"))) {
      assertThatExceptionOfType(BackbeatException.class)
          .isThrownBy(call::run)
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_NOT_FOUND));
    }
    assertThatThrownBy(
            () ->
                site.tasks.start(
                    Retry.of(ObjectSelection.ALL.at(List.of(LocationName.of("rome"))))))
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("rome")
        .hasMessageContaining("paris");
  }

  // pace

  @Test
  void no_more_is_queued_than_the_limit_allows_and_the_end_is_foretold() {
    orphans(100);
    BulkTask task = site.tasks.start(ALL.atMost(10));
    BulkRunner runner = site.runner();
    begin(runner, task);

    for (int second = 0; second < 5; second++) {
      long before = site.tasks.get(task.id()).progress().queued();
      for (Duration spent = Duration.ZERO; spent.compareTo(Duration.ofSeconds(1)) < 0; ) {
        spent = spent.plusMillis(100);
        site.clock.advance(Duration.ofMillis(100));
        runner.round();
      }
      assertThat(site.tasks.get(task.id()).progress().queued() - before).isBetween(1L, 10L);
    }

    BulkTask now = site.tasks.get(task.id());
    assertThat(now.listedPerSecond()).isBetween(9.0, 13.0);
    assertThat(now.endsAt())
        .hasValueSatisfying(
            end ->
                assertThat(Duration.between(site.clock.instant(), end))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6)));
    assertThat(site.finish(runner, task).progress().queued()).isEqualTo(100);
  }

  @Test
  void plan_looks_at_no_more_than_a_search_does() {
    orphans(200);
    SweepPolicy slow = new SweepPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, 50, 1);
    Instant begun = site.clock.instant();

    BulkTask dryRun = site.finish(site.runner(slow), site.tasks.start(ALL.planOnly()));

    assertThat(dryRun.plan().listed()).isEqualTo(200);
    assertThat(Duration.between(begun, site.clock.instant())).isEqualTo(Duration.ofSeconds(4));
  }

  // crashes and rivals

  @Test
  void crash_in_the_middle_of_a_step_loses_nothing_and_queues_nothing_twice() {
    orphans(250);
    AtomicBoolean dead = new AtomicBoolean();
    JobQueue mortal =
        new NarrowQueue(
            site.stores.queue(),
            job -> {
              if (job.object().key().equals("key-0150") && !dead.getAndSet(true)) {
                throw new AssertionError("killed");
              }
              return false;
            });
    BulkTask task = site.tasks.start(ALL);
    BulkRunner first = site.runner(mortal, SweepPolicy.NEVER, Leadership.ALONE);
    assertThatThrownBy(() -> site.finish(first, task)).hasMessage("killed");

    BulkTask done = site.finish(site.runner(), task);

    // What the dead process had claimed is queued by whoever takes what is due.
    List<Job> claimed =
        site
            .ledger()
            .takeDue(site.clock.advance(Duration.ofMinutes(2)), Duration.ofMinutes(1), 1_000)
            .stream()
            .map(entry -> entry.job())
            .toList();
    List<ObjectVersion> queued = site.published(PARIS);
    assertThat(queued).doesNotHaveDuplicates();
    assertThat(queued.size() + claimed.size()).isEqualTo(250);
    assertThat(done.state()).isEqualTo(State.DONE);
  }

  @Test
  void process_that_dies_before_it_has_saved_a_step_repeats_it_without_effect() {
    orphans(250);
    AtomicBoolean dead = new AtomicBoolean();
    InMemoryBulkTaskStore shared = new InMemoryBulkTaskStore();
    BulkTasks tasks = new BulkTasks(shared, () -> List.of(PARIS), site.clock, () -> {});
    BulkTaskStore forgetful = new DyingStore(shared, dead);
    BulkTask task = tasks.start(ALL);
    BulkRunner first =
        site.runner(forgetful, site.stores.queue(), SweepPolicy.NEVER, Leadership.ALONE);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                site.clock.advance(first.round());
              }
            })
        .hasMessage("killed");
    BulkRunner second =
        site.runner(shared, site.stores.queue(), SweepPolicy.NEVER, Leadership.ALONE);
    while (!tasks.get(task.id()).ended()) {
      site.clock.advance(second.round());
    }

    assertThat(site.published(PARIS)).hasSize(250).doesNotHaveDuplicates();
    assertThat(tasks.get(task.id()).state()).isEqualTo(State.DONE);
  }

  /** Dies when it is to save that something was queued. */
  private record DyingStore(BulkTaskStore store, AtomicBoolean dead) implements BulkTaskStore {
    @Override
    public List<Stored> list() {
      return store.list();
    }

    @Override
    public Optional<Stored> load(String id) {
      return store.load(id);
    }

    @Override
    public boolean compareAndSet(String id, long expectedRevision, String document) {
      if (document.contains("\"queued\":100") && !dead.getAndSet(true)) {
        throw new AssertionError("killed");
      }
      return store.compareAndSet(id, expectedRevision, document);
    }

    @Override
    public boolean remove(String id, long expectedRevision) {
      return store.remove(id, expectedRevision);
    }
  }

  @Test
  void only_the_process_that_leads_works() {
    orphans(10);
    BulkTask task = site.tasks.start(ALL);
    BulkRunner idle = site.runner(site.stores.queue(), SweepPolicy.NEVER, asked -> false);
    for (int i = 0; i < 10; i++) {
      assertThat(idle.round()).isPositive();
    }
    assertThat(site.tasks.get(task.id()).plan().listed()).isZero();
  }

  @Test
  void two_processes_that_both_believe_to_lead_queue_each_version_once() {
    orphans(450);
    BulkTask task = site.tasks.start(ALL);
    BulkRunner one = site.runner();
    BulkRunner other = site.runner();
    while (!site.tasks.get(task.id()).ended()) {
      site.clock.advance(one.round());
      site.clock.advance(other.round());
    }

    assertThat(new HashSet<>(site.published(PARIS))).hasSize(450);
    assertThat(site.tasks.get(task.id()).progress().queued()).isEqualTo(450);
  }

  @Test
  void store_that_does_not_answer_is_tried_again_and_the_task_says_so() {
    orphans(10);
    AtomicBoolean down = new AtomicBoolean(true);
    JobQueue queue =
        new NarrowQueue(
            site.stores.queue(),
            job -> {
              if (down.get()) {
                throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the queue does not answer");
              }
              return false;
            });
    BulkTask task = site.tasks.start(ALL);
    BulkRunner runner = site.runner(queue, SweepPolicy.NEVER, Leadership.ALONE);
    for (int i = 0; i < 10; i++) {
      site.clock.advance(runner.round());
    }
    assertThat(site.tasks.get(task.id()).state()).isEqualTo(State.RUNNING);
    assertThat(site.tasks.get(task.id()).error()).isEqualTo("the queue does not answer");

    down.set(false);

    assertThat(site.finish(runner, task).error()).isEmpty();
  }

  // the sweep

  @Test
  void sweep_begins_by_itself_and_leaves_alone_what_is_young() {
    ObjectVersion old = site.orphan("photos", "old", "paris");
    Metadata young = Metadata.pending("photos", "young", "paris");
    site.stores
        .journal()
        .append(
            List.of(
                new io.backbeat.log.MetadataChange.Put(
                    young.object(), young.json().replace("2026-11-22T10:00", "2026-11-22T12:10"))));
    SweepPolicy policy = SweepPolicy.DEFAULT.firstAfter(Duration.ofMinutes(5));
    BulkRunner runner = site.runner(policy);
    runner.round();
    assertThat(site.tasks.list()).isEmpty();

    site.clock.advance(Duration.ofMinutes(5));
    while (site.tasks.list().isEmpty() || !site.tasks.get(BulkTask.SWEEP).ended()) {
      site.clock.advance(runner.round());
    }

    assertThat(site.published(PARIS)).containsExactly(old);
    site.clock.advance(Duration.ofHours(5));
    runner.round();
    assertThat(site.tasks.get(BulkTask.SWEEP).ended()).isTrue();
    site.clock.advance(Duration.ofHours(1));
    runner.round();
    assertThat(site.tasks.get(BulkTask.SWEEP).ended()).isFalse();
    site.clock.advance(Duration.ofSeconds(1));
    while (!site.tasks.get(BulkTask.SWEEP).ended()) {
      site.clock.advance(runner.round());
    }
    assertThat(site.published(PARIS)).containsExactly(old, young.object());
  }

  @Test
  void sweep_goes_on_where_the_process_before_has_stopped() {
    orphans(350);
    SweepPolicy policy = SweepPolicy.DEFAULT.firstAfter(Duration.ZERO);
    BulkRunner first = site.runner(policy);
    first.round();
    site.clock.advance(Duration.ofSeconds(1));
    assertThat(site.tasks.get(BulkTask.SWEEP).progress().listed()).isEqualTo(100);

    BulkRunner second = site.runner(policy.firstAfter(Duration.ofHours(1)));
    while (!site.tasks.get(BulkTask.SWEEP).ended()) {
      site.clock.advance(second.round());
    }

    assertThat(site.tasks.get(BulkTask.SWEEP).progress().listed()).isEqualTo(350);
    assertThat(site.published(PARIS)).hasSize(350).doesNotHaveDuplicates();
  }

  @Test
  void paused_sweep_stays_paused() {
    orphans(350);
    BulkRunner runner = site.runner(SweepPolicy.DEFAULT.firstAfter(Duration.ZERO));
    runner.round();
    site.tasks.pause(BulkTask.SWEEP);
    for (int day = 0; day < 3; day++) {
      site.clock.advance(Duration.ofDays(1));
      runner.round();
    }
    assertThat(site.tasks.get(BulkTask.SWEEP).state()).isEqualTo(State.PAUSED);
  }

  @Test
  void tasks_that_ended_long_ago_are_forgotten() {
    for (int i = 0; i < BulkRuns.KEPT + 5; i++) {
      site.clock.advance(Duration.ofSeconds(1));
      site.tasks.cancel(site.tasks.start(ALL).id());
    }
    site.clock.advance(Duration.ofSeconds(1));
    site.tasks.start(ALL);

    assertThat(site.tasks.list()).hasSize(BulkRuns.KEPT + 1);
    assertThat(site.tasks.list().get(0).state()).isEqualTo(State.PLANNING);
  }
}
