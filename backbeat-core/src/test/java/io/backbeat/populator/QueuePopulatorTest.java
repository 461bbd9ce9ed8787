package io.backbeat.populator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataLog;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.QueueName;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.NarrowQueue;
import io.backbeat.testing.SharedPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuePopulatorTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, PARIS);

  private final InMemoryStores stores = new InMemoryStores();
  private final List<JobEvent> told = new ArrayList<>();
  private final JobPlanner replication = new ReplicationPlanner(List.of(PARIS), List.of());

  @Test
  void a_written_object_is_queued_recorded_and_told_and_the_position_moves() {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris").put()));
    QueuePopulator populator = populator(stores.positions(), replication);
    assertThat(populator.lag()).isEqualTo(1);
    assertThat(populator.runOnce(Duration.ZERO)).isEqualTo(1);

    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
    assertThat(stores.failedJobs().counts(JobType.REPLICATION).get(PARIS))
        .containsEntry(JobState.QUEUED, 1L);
    assertThat(told).singleElement().isInstanceOf(JobEvent.Queued.class);
    assertThat(populator.runOnce(Duration.ZERO)).isZero();
    assertThat(populator.lag()).isZero();
    assertThat(populator.counts()).isEqualTo(new QueuePopulator.Counts(1, 1, 0));
  }

  @Test
  void a_new_populator_goes_on_where_the_last_one_saved() {
    stores.journal().append(List.of(Metadata.pending("bucket", "one", "paris").put()));
    populator(stores.positions(), replication).runOnce(Duration.ZERO);
    stores.journal().append(List.of(Metadata.pending("bucket", "two", "paris").put()));
    assertThat(populator(stores.positions(), replication).runOnce(Duration.ZERO)).isEqualTo(1);
    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(2);
  }

  @Test
  void the_position_is_saved_after_the_jobs_are_queued_so_a_crash_in_between_repeats_the_batch() {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris").put()));
    QueuePopulator crashing = populator(new CrashBeforeSave(), replication);
    assertThatThrownBy(() -> crashing.runOnce(Duration.ZERO)).isInstanceOf(BackbeatException.class);
    assertThat(stores.queue().backlog(QUEUE)).as("queued before the crash").isEqualTo(1);
    assertThat(populator(stores.positions(), replication).runOnce(Duration.ZERO))
        .as("read again")
        .isEqualTo(1);
    assertThat(told).as("counts once").singleElement().isInstanceOf(JobEvent.Queued.class);
  }

  @Test
  void a_malformed_entry_is_set_aside_with_its_bytes_and_the_loop_goes_on() {
    stores
        .journal()
        .append(
            List.of(
                Metadata.pending("bucket", "bad", "paris").put(),
                Metadata.pending("bucket", "good", "paris").put()));
    JobPlanner picky =
        entry ->
            entry.key().equals("bad")
                ? new Plan.Malformed("content-length must be a number, was \"x\"")
                : replication.plan(entry);
    QueuePopulator populator = populator(stores.positions(), picky);
    assertThat(populator.runOnce(Duration.ZERO)).isEqualTo(2);

    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
    QuarantinedEntry aside = stores.quarantine().list(10).get(0);
    assertThat(aside.key()).isEqualTo("bad");
    assertThat(aside.reason()).contains("content-length");
    assertThat(new String(aside.value(), UTF_8)).contains("\"key\":\"bad\"");
    assertThat(populator.counts().quarantined()).isEqualTo(1);
  }

  @Test
  void a_job_too_large_for_the_queue_fails_and_the_ones_beside_it_are_queued() {
    Metadata large = Metadata.pending("bucket", "large", "paris");
    stores
        .journal()
        .append(
            List.of(
                Metadata.pending("bucket", "a", "paris").put(),
                large.put(),
                Metadata.pending("bucket", "z", "paris").put()));
    QueuePopulator populator =
        new QueuePopulator(
            stores.journal(),
            stores.positions(),
            stores.quarantine(),
            stores.failedJobs(),
            new NarrowQueue(stores.queue(), job -> job.object().key().equals("large")),
            List.of(replication),
            told::addAll,
            MutableClock.create(),
            100);

    assertThat(populator.runOnce(Duration.ZERO)).isEqualTo(3);

    assertThat(populator.runOnce(Duration.ZERO)).as("the position has moved").isZero();
    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(2);
    JobKey key = new JobKey(JobType.REPLICATION, large.object(), PARIS);
    LedgerEntry entry = stores.failedJobs().find(key).orElseThrow();
    assertThat(entry.state()).isEqualTo(JobState.FAILED);
    assertThat(entry.failure().orElseThrow().message()).contains("too large");
    assertThat(told).filteredOn(JobEvent.Queued.class::isInstance).hasSize(3);
    assertThat(told)
        .filteredOn(JobEvent.Failed.class::isInstance)
        .extracting(JobEvent::job)
        .extracting(Job::key)
        .containsExactly(key);
  }

  @Test
  void a_planner_that_throws_stops_nothing() {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris").put()));
    JobPlanner broken =
        entry -> {
          throw new IllegalStateException("bug");
        };
    assertThat(populator(stores.positions(), broken).runOnce(Duration.ZERO)).isEqualTo(1);
    assertThat(stores.quarantine().list(1).get(0).reason()).contains("bug");
  }

  @Test
  void a_quarantined_entry_can_be_replayed_once_it_is_understood() {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris").put()));
    populator(stores.positions(), entry -> new Plan.Malformed("not yet")).runOnce(Duration.ZERO);
    LogPosition position = stores.quarantine().list(1).get(0).position();

    assertThat(
            populator(stores.positions(), entry -> new Plan.Malformed("still not"))
                .replay(position))
        .isFalse();
    assertThat(stores.quarantine().count()).isEqualTo(1);
    assertThat(populator(stores.positions(), replication).replay(position)).isTrue();
    assertThat(stores.quarantine().count()).isZero();
    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
    assertThat(populator(stores.positions(), replication).replay(position))
        .as("gone now")
        .isFalse();
  }

  @Test
  void several_planners_see_the_same_entry() {
    stores.journal().append(List.of(Metadata.pending("bucket", "key", "paris").put()));
    List<LogEntry> seen = new ArrayList<>();
    JobPlanner watcher =
        entry -> {
          seen.add(entry);
          return new Plan.Ignore("only looking");
        };
    populator(stores.positions(), watcher, replication).runOnce(Duration.ZERO);
    assertThat(seen).hasSize(1);
    assertThat(stores.queue().backlog(QUEUE)).isEqualTo(1);
  }

  @Test
  void populator_that_was_overtaken_cannot_move_the_position_back_and_goes_on_from_the_newer_one() {
    SharedPositions shared = new SharedPositions();
    QueuePopulator stale = populator(shared.view(), replication);
    stores.journal().append(List.of(Metadata.pending("bucket", "one", "paris").put()));
    assertThat(stale.runOnce(Duration.ZERO)).isEqualTo(1);

    QueuePopulator faster = populator(shared.view(), replication);
    stores.journal().append(List.of(Metadata.pending("bucket", "two", "paris").put()));
    assertThat(faster.runOnce(Duration.ZERO)).isEqualTo(1);
    stores.journal().append(List.of(Metadata.pending("bucket", "three", "paris").put()));
    assertThat(faster.runOnce(Duration.ZERO)).isEqualTo(1);
    LogPosition newest = faster.position();

    assertThat(stale.runOnce(Duration.ZERO)).as("reads what the other one has read").isEqualTo(2);
    assertThat(shared.view().load(stores.journal().name())).contains(newest);
    assertThat(stale.position()).isEqualTo(newest);
    assertThat(stale.runOnce(Duration.ZERO)).isZero();
    stores.journal().append(List.of(Metadata.pending("bucket", "four", "paris").put()));
    assertThat(stale.runOnce(Duration.ZERO)).as("works again").isEqualTo(1);
  }

  @Test
  void
      newer_change_keeps_its_place_in_the_ledger_when_a_populator_that_was_overtaken_reads_the_older() {
    SharedPositions shared = new SharedPositions();
    LogPositionStore view = shared.view();
    Metadata object = Metadata.pending("bucket", "key", "paris");
    stores.journal().append(List.of(Metadata.pending("bucket", "first", "paris").put()));
    List<LogEntry> held = new ArrayList<>();
    QueuePopulator stale =
        new QueuePopulator(
            new HeldLog(stores.journal(), held),
            view,
            stores.quarantine(),
            stores.failedJobs(),
            stores.queue(),
            List.of(replication),
            new JournalJobs(stores.journal(), MutableClock.create()),
            told::addAll,
            MutableClock.create(),
            100);
    stale.runOnce(Duration.ZERO);

    stores.journal().append(List.of(object.put()));
    LogPosition before = shared.view().load(stores.journal().name()).orElseThrow();
    held.addAll(stores.journal().read(before, 100, Duration.ZERO).entries());
    QueuePopulator faster = populator(shared.view(), replication);
    faster.runOnce(Duration.ZERO);
    stores.journal().append(List.of(object.put()));
    faster.runOnce(Duration.ZERO);
    JobKey key = new JobKey(JobType.REPLICATION, object.object(), PARIS);
    String newest = stores.failedJobs().find(key).orElseThrow().job().revision();

    stale.runOnce(Duration.ZERO);

    assertThat(stores.failedJobs().find(key).orElseThrow().job().revision()).isEqualTo(newest);
  }

  /** Gives some entries that were read before, as a populator has them that was held up. */
  private record HeldLog(MetadataLog log, List<LogEntry> held) implements MetadataLog {
    @Override
    public String name() {
      return log.name();
    }

    @Override
    public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
      return held.isEmpty()
          ? log.read(from, maxEntries, wait)
          : new LogBatch(held, List.of(), held.get(held.size() - 1).position());
    }

    @Override
    public long lag(LogPosition from) {
      return log.lag(from);
    }

    @Override
    public void close() {}
  }

  @Test
  void populator_that_stepped_aside_asks_the_store_where_to_go_on() {
    QueuePopulator one = populator(stores.positions(), replication);
    stores.journal().append(List.of(Metadata.pending("bucket", "one", "paris").put()));
    one.runOnce(Duration.ZERO);
    stores.journal().append(List.of(Metadata.pending("bucket", "two", "paris").put()));
    populator(stores.positions(), replication).runOnce(Duration.ZERO);

    one.stepAside();
    assertThat(one.runOnce(Duration.ZERO)).isZero();
  }

  @Test
  void failures_of_deleted_versions_are_forgotten_and_nothing_else_is() {
    Metadata gone = Metadata.pending("bucket", "key", "paris").version(1);
    Metadata kept = Metadata.pending("bucket", "key", "paris").version(2);
    Metadata plain = Metadata.pending("bucket", "plain", "paris");
    Job failed = recordFailed(gone);
    Job other = recordFailed(kept);
    Job unversioned = recordFailed(plain);
    Job waiting = job(Metadata.pending("bucket", "waiting", "paris"));
    stores.failedJobs().record(List.of(LedgerEntry.queued(waiting)));
    ScriptedLog log =
        new ScriptedLog(
            List.of(
                deleted("\u007fVkey\0" + gone.versionId()),
                deleted("\u007fMkey"),
                deleted("plain"),
                deleted("waiting"),
                deleted("key\0nonsense \ud800")));

    new QueuePopulator(
            log,
            stores.positions(),
            stores.quarantine(),
            stores.failedJobs(),
            stores.queue(),
            List.of(replication),
            told::addAll,
            MutableClock.create(),
            100)
        .runOnce(Duration.ZERO);

    assertThat(stores.failedJobs().find(failed.key())).isEmpty();
    assertThat(stores.failedJobs().find(unversioned.key())).isEmpty();
    assertThat(stores.failedJobs().find(other.key())).isPresent();
    assertThat(stores.failedJobs().find(waiting.key())).as("its queue drops it").isPresent();
  }

  private Job recordFailed(Metadata metadata) {
    Job job = job(metadata);
    LedgerEntry.Failure why =
        new LedgerEntry.Failure(Instant.EPOCH, Instant.EPOCH, "Timeout", "no answer");
    stores.failedJobs().record(List.of(LedgerEntry.failed(job, why)));
    return job;
  }

  private static Job job(Metadata metadata) {
    JobKey key = new JobKey(JobType.REPLICATION, metadata.object(), PARIS);
    return new Job(key, "1", 100, 0, Instant.EPOCH, metadata.json());
  }

  private static LogEntry deleted(String key) {
    return new LogEntry(
        new LogPosition("1"), LogEntry.Operation.DELETE, "bucket", key, new byte[0], Instant.EPOCH);
  }

  private record ScriptedLog(List<LogEntry> entries) implements MetadataLog {
    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
      return new LogBatch(entries, List.of(), new LogPosition("2"));
    }

    @Override
    public long lag(LogPosition from) {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void a_log_that_goes_on_without_entries_takes_the_position_along_and_saves_it_now_and_then() {
    MutableClock clock = MutableClock.create();
    List<LogPosition> saved = new ArrayList<>();
    LogPositionStore positions =
        new LogPositionStore() {
          @Override
          public Optional<LogPosition> load(String logName) {
            return Optional.of(new LogPosition("1"));
          }

          @Override
          public void save(String logName, LogPosition position) {
            saved.add(position);
          }
        };
    QueuePopulator populator =
        new QueuePopulator(
            new EmptyLog(),
            positions,
            stores.quarantine(),
            stores.failedJobs(),
            stores.queue(),
            List.of(replication),
            told::addAll,
            clock,
            100);

    populator.runOnce(Duration.ZERO);
    populator.runOnce(Duration.ZERO);
    assertThat(populator.position()).isEqualTo(new LogPosition("3"));
    assertThat(saved).containsExactly(new LogPosition("2"));

    clock.advance(Duration.ofSeconds(10));
    populator.runOnce(Duration.ZERO);
    assertThat(saved).containsExactly(new LogPosition("2"), new LogPosition("4"));
  }

  /** Each read goes one further, and finds nothing. */
  private static final class EmptyLog implements MetadataLog {
    @Override
    public String name() {
      return "empty";
    }

    @Override
    public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
      int next = Integer.parseInt(from.value()) + 1;
      return new LogBatch(List.of(), List.of(), new LogPosition(Integer.toString(next)));
    }

    @Override
    public long lag(LogPosition from) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private QueuePopulator populator(LogPositionStore positions, JobPlanner... planners) {
    return new QueuePopulator(
        stores.journal(),
        positions,
        stores.quarantine(),
        stores.failedJobs(),
        stores.queue(),
        List.of(planners),
        told::addAll,
        MutableClock.create(),
        100);
  }

  private static final class CrashBeforeSave implements LogPositionStore {
    @Override
    public Optional<LogPosition> load(String logName) {
      return Optional.empty();
    }

    @Override
    public void save(String logName, LogPosition position) {
      throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "crashed before saving");
    }
  }
}
