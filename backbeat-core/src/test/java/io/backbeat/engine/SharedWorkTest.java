package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.status.FailureNotices;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.DelegatingStores;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.SharedPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that share the work on one store, as processes of a cluster do. */
@Timeout(60)
class SharedWorkTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final JobHandler DONE = (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION;

  private final Stores stores = new InMemoryStores();
  private final SharedPositions positions = new SharedPositions();
  private final AtomicReference<String> leader = new AtomicReference<>("one");
  private final AtomicInteger asked = new AtomicInteger();
  private final List<BackbeatEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ofSeconds(5)));
    stores.close();
  }

  @Test
  void only_the_leader_populates_and_the_next_one_goes_on_where_it_stopped() {
    BackbeatEngine one = started("one");
    BackbeatEngine two = started("two");
    write(0, 50);
    await().until(() -> settled(one));
    assertThat(one.populated().jobs()).isEqualTo(50);
    assertThat(two.populated().entries()).isZero();

    leader.set("two");
    await().until(() -> leads(two) && !leads(one));
    write(50, 100);
    await().until(() -> settled(two));
    assertThat(two.populated().jobs()).isEqualTo(50);
    assertThat(one.populated().jobs()).isEqualTo(50);

    leader.set("one");
    await().until(() -> leads(one) && !leads(two));
    write(100, 150);
    await().until(() -> settled(one));
    assertThat(one.populated().jobs()).as("from where the other one stopped").isEqualTo(100);
  }

  @Test
  void engine_that_does_not_lead_is_well_whatever_the_lag_of_the_log() {
    leader.set("nobody");
    BackbeatEngine engine = started("one");
    write(0, 3);
    await().until(() -> !leads(engine));
    assertThat(engine.populated().entries()).isZero();
    assertThat(engine.operations().health().overall()).isEqualTo(ComponentHealth.State.OK);
  }

  @Test
  void pauses_are_ended_by_the_leader_only() {
    leader.set("nobody");
    LocationStateStore states = stores.locationStates();
    started("one");
    long revision = stored().revision();
    assertThat(
            states.compareAndSet(
                ServiceName.REPLICATION,
                PARIS,
                revision,
                TargetState.PAUSED,
                Optional.of(Instant.EPOCH)))
        .isPresent();
    int before = asked.get();
    await().until(() -> asked.get() > before + 1);
    assertThat(stored().target()).isEqualTo(TargetState.PAUSED);
    leader.set("one");
    await().until(() -> stored().target() == TargetState.RUNNING);
  }

  private LocationStatus stored() {
    return stores.locationStates().list(ServiceName.REPLICATION).get(0);
  }

  @Test
  void process_without_the_status_role_publishes_and_the_one_with_it_settles_and_tells() {
    LinkedBlockingQueue<FinishedAttempt> topic = new LinkedBlockingQueue<>();
    BackbeatEngine processing =
        start(
            builder("one")
                .replication(DONE)
                .roles(Set.of(Role.POPULATOR, Role.PROCESSOR))
                .settler(plain -> new Publishing(topic, plain))
                .build());
    ConcurrentLinkedQueue<JobEvent> told = new ConcurrentLinkedQueue<>();
    BackbeatEngine status =
        start(builder("two").roles(Set.of()).listener(told::add).build()); // needs no handler
    write(0, 1);
    await().until(() -> topic.size() == 1);
    assertThat(processing.unfinished().jobs(PARIS, JobState.QUEUED)).isEqualTo(1);

    OutcomeSettler settler = status.statusSettler();
    status.tell(settler.settle(List.copyOf(topic)));
    assertThat(status.unfinished().settled()).isTrue();
    assertThat(told).singleElement().isInstanceOf(JobEvent.Completed.class);
    await()
        .until(
            () ->
                status
                        .operations()
                        .metrics()
                        .report(ServiceName.REPLICATION, PARIS)
                        .completions()
                        .count()
                    == 1);
  }

  @Test
  void failure_is_noticed_elsewhere_before_the_job_is_committed_also_when_the_first_notice_fails() {
    AtomicInteger calls = new AtomicInteger();
    ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
    FailureNotices flaky =
        failures -> {
          if (calls.getAndIncrement() == 0) {
            throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the topic does not answer");
          }
          failures.forEach(failed -> notices.add(failed.errorClass()));
        };
    BackbeatEngine engine =
        start(
            builder("one")
                .replication((job, context) -> new TaskOutcome.Rejected("AccessDenied", "no"))
                .failureNotices(flaky)
                .build());
    write(0, 1);
    await().until(() -> engine.unfinished().jobs(PARIS, JobState.FAILED) == 1);
    assertThat(notices).containsExactly("AccessDenied");
  }

  @Test
  void collections_are_run_by_engines_with_that_role_only() {
    LocationName source = LocationName.of("us-east-1");
    ConcurrentLinkedQueue<Job> collected = new ConcurrentLinkedQueue<>();
    JobHandler collecting =
        (job, context) -> {
          collected.add(job);
          return TaskOutcome.Replicated.WITHOUT_VERSION;
        };
    start(
        builder("one")
            .replication(DONE)
            .garbageCollection(Set.of(source), collecting)
            .roles(Set.of(Role.POPULATOR, Role.PROCESSOR))
            .build());
    JobKey key =
        new JobKey(JobType.GARBAGE_COLLECTION, Metadata.pending("bucket", "gone").object(), source);
    stores.queue().publish(List.of(new Job(key, "1", 0, 0, Instant.EPOCH, "{}")));
    write(0, 20);
    await().until(() -> settled(engines.get(0)));
    assertThat(collected).isEmpty();

    start(
        builder("two")
            .garbageCollection(Set.of(source), collecting)
            .roles(Set.of(Role.GC))
            .build());
    await().until(() -> collected.size() == 1);
  }

  @Test
  void engine_that_only_retries_queues_what_is_due_for_others_to_run() {
    ObjectVersion object = Metadata.pending("bucket", "due").object();
    Job job =
        new Job(new JobKey(JobType.REPLICATION, object, PARIS), "1", 1, 0, Instant.EPOCH, "{}");
    stores
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.waiting(
                    job,
                    new LedgerEntry.Failure(Instant.EPOCH, Instant.EPOCH, "Timeout", "too slow"),
                    Instant.EPOCH)));

    start(builder("one").roles(Set.of(Role.RETRIES)).build()); // needs no handler

    await()
        .until(() -> stores.failedJobs().find(job.key()).orElseThrow().state() == JobState.QUEUED);
  }

  @Test
  void who_runs_jobs_needs_a_handler() {
    assertThatThrownBy(() -> builder("one").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("replication(handler)");
  }

  /** Hands outcomes on, and settles what needs no attempt by itself. */
  private record Publishing(LinkedBlockingQueue<FinishedAttempt> topic, OutcomeSettler plain)
      implements OutcomeSettler {
    @Override
    public List<JobEvent> settle(List<FinishedAttempt> attempts) {
      topic.addAll(attempts);
      return List.of();
    }

    @Override
    public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
      return plain.drop(needless, at);
    }
  }

  private BackbeatEngine started(String process) {
    return start(builder(process).replication(DONE).build());
  }

  private BackbeatEngine.Builder builder(String process) {
    return BackbeatEngine.builder(new Process(process)).locations(PARIS);
  }

  private BackbeatEngine start(BackbeatEngine engine) {
    engines.add(engine);
    engine.start();
    return engine;
  }

  private void write(int from, int to) {
    for (int i = from; i < to; i++) {
      stores.journal().append(List.of(Metadata.pending("bucket", "key-" + i, "paris").put()));
    }
  }

  private static boolean settled(BackbeatEngine engine) {
    return engine.unfinished().settled();
  }

  private boolean leads(BackbeatEngine engine) {
    return engine.operations().health().components().stream()
        .filter(part -> part.component().equals("populator/" + stores.journal().name()))
        .noneMatch(part -> part.detail().contains("another process"));
  }

  /** What one process sees of the stores. */
  private final class Process extends DelegatingStores {
    private final String name;
    private final LogPositionStore own = positions.view();

    Process(String name) {
      super(stores);
      this.name = name;
    }

    @Override
    public LogPositionStore positions() {
      return own;
    }

    @Override
    public Leadership leadership() {
      return task -> {
        if (task.equals("scheduler")) {
          asked.incrementAndGet();
        }
        return leader.get().equals(name);
      };
    }
  }
}
