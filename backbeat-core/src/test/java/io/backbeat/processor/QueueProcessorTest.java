package io.backbeat.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.CompletionPlanner;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusProcessor;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueProcessorTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, PARIS);
  private static final TaskOutcome DONE = TaskOutcome.Replicated.WITHOUT_VERSION;

  private static final Duration STALL = Duration.ofMinutes(10);
  private static final ProcessorLimits NO_DRAIN =
      new ProcessorLimits(10, 2_000, 32L << 20, Duration.ZERO);

  private final MutableClock clock = MutableClock.create();
  private final InMemoryStores stores = new InMemoryStores(clock, 2);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<JobEvent> told = new ConcurrentLinkedQueue<>();
  private final List<QueueProcessor> started = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (QueueProcessor processor : started) {
      processor.close(Duration.ofSeconds(5));
    }
    workers.shutdownNow();
  }

  @Test
  void jobs_are_run_settled_and_committed() {
    queued("a", "b", "c");
    start((job, context) -> DONE);
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(List.of(status("a"), status("b"), status("c"))).containsOnly(SiteStatus.COMPLETED);
    assertThat(
            stores.failedJobs().counts(JobType.REPLICATION).getOrDefault(PARIS, Map.of()).values())
        .allMatch(n -> n == 0);
  }

  @Test
  void a_job_that_was_completed_before_a_crash_is_not_run_again_and_its_end_counts_once() {
    Job job = queued("a").get(0);
    AtomicInteger runs = new AtomicInteger();
    JobHandler counting =
        (j, context) -> {
          runs.incrementAndGet();
          return DONE;
        };
    start(counting);
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    stores.queue().publish(List.of(job)); // as a populator does that read its batch again
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(runs).hasValue(1);
    assertThat(told).containsOnlyOnce(new JobEvent.Completed(job, clock.instant()));
    assertThat(told).noneMatch(e -> e instanceof JobEvent.Dropped);
  }

  @Test
  void the_same_job_queued_twice_is_run_once_but_a_newer_change_is_never_folded_in() {
    CountDownLatch release = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> runs = new ConcurrentLinkedQueue<>();
    Job first = queued("a").get(0);
    stores.queue().publish(List.of(first));
    start(
        (job, context) -> {
          runs.add(job.revision());
          release.await();
          return DONE;
        });
    await().until(() -> runs.size() == 1);
    Job newer = queued("a").get(0);
    release.countDown();
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(runs).containsExactly(first.revision(), newer.revision());
    assertThat(status("a")).isEqualTo(SiteStatus.COMPLETED);
  }

  @Test
  void a_superseded_job_is_dropped_without_being_run() {
    Job older = queued("a").get(0);
    Job newer = queued("a").get(0);
    ConcurrentLinkedQueue<String> runs = new ConcurrentLinkedQueue<>();
    start(
        (job, context) -> {
          runs.add(job.revision());
          return DONE;
        });
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(runs).containsExactly(newer.revision());
    assertThat(told).anyMatch(e -> e instanceof JobEvent.Dropped d && d.job().equals(older));
  }

  @Test
  void a_retry_waits_as_long_as_the_clock_says_and_holds_no_worker() {
    queued("a", "b");
    AtomicInteger runs = new AtomicInteger();
    QueueProcessor processor =
        start(
            (job, context) -> {
              if (job.object().key().equals("a")) {
                runs.incrementAndGet();
                return new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());
              }
              return DONE;
            });
    RetryScheduler retries =
        new RetryScheduler(
            stores.failedJobs(), stores.queue(), (object, location) -> Optional.empty(), clock);
    await()
        .until(() -> entry("a").state() == JobState.WAITING && status("b") == SiteStatus.COMPLETED);
    await().until(() -> processor.snapshot().inFlight() == 0);

    clock.advance(Duration.ofMillis(9_999));
    assertThat(retries.runOnce()).isZero();
    assertThat(runs).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(retries.runOnce()).isEqualTo(1);
    await().until(() -> status("a") == SiteStatus.FAILED);
    assertThat(runs).hasValue(2);
    assertThat(entry("a").job().attempt()).isEqualTo(2);
  }

  @Test
  void a_handler_that_throws_costs_an_attempt_and_nothing_else() {
    queued("a", "b");
    start(
        (job, context) -> {
          if (job.object().key().equals("a")) {
            throw new IllegalStateException("bug in a handler");
          }
          return DONE;
        });
    await()
        .until(() -> status("b") == SiteStatus.COMPLETED && entry("a").state() == JobState.WAITING);
    assertThat(entry("a").failure().orElseThrow().message()).contains("bug in a handler");
  }

  @Test
  void an_error_of_a_handler_costs_an_attempt_too() {
    queued("a");
    start(
        (job, context) -> {
          throw new AssertionError("a broken library");
        });
    await().until(() -> entry("a").state() == JobState.WAITING);
    assertThat(entry("a").failure().orElseThrow().message()).contains("a broken library");
  }

  @Test
  void a_handler_that_is_interrupted_by_nobody_costs_an_attempt_too() {
    queued("a");
    start(
        (job, context) -> {
          throw new InterruptedException("of a library");
        });
    await().until(() -> entry("a").state() == JobState.WAITING);
  }

  @Test
  void a_processor_with_the_smallest_limits_works() {
    queued("a", "b", "c");
    start(
        (job, context) -> DONE,
        stores.statuses(),
        new ProcessorLimits(1, 1, 1, Duration.ofSeconds(1)));
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(List.of(status("a"), status("b"), status("c"))).containsOnly(SiteStatus.COMPLETED);
  }

  @Test
  void a_destination_that_is_down_parks_its_jobs_and_spends_no_attempt() {
    queued("a", "b", "c");
    AtomicBoolean up = new AtomicBoolean();
    AtomicInteger runs = new AtomicInteger();
    QueueProcessor processor =
        start(
            (job, context) -> {
              runs.incrementAndGet();
              return up.get()
                  ? DONE
                  : new TaskOutcome.DestinationDown("connection refused", Optional.empty());
            });
    await()
        .until(
            () ->
                processor.snapshot().destinationDownUntil().isPresent()
                    && processor.snapshot().running() == 0);
    int runsWhileDown = runs.get();
    assertThat(runsWhileDown).isLessThanOrEqualTo(3);
    up.set(true);
    clock.advance(Duration.ofMinutes(1));
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(List.of(status("a"), status("b"), status("c"))).containsOnly(SiteStatus.COMPLETED);
    assertThat(told).noneMatch(JobEvent.AttemptFailed.class::isInstance);
    await().until(() -> processor.snapshot().destinationDownUntil().isEmpty());
  }

  @Test
  void pausing_lets_running_attempts_end_and_starts_nothing_new_until_resumed() {
    queued("a");
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    QueueProcessor processor =
        start(
            (job, context) -> {
              runs.incrementAndGet();
              release.await();
              return DONE;
            });
    await().until(() -> runs.get() == 1);
    processor.target(TargetState.PAUSED);
    queued("b");
    await()
        .during(Duration.ofMillis(300))
        .until(() -> processor.snapshot().observed() == ObservedState.RUNNING);
    release.countDown();
    await().until(() -> processor.snapshot().observed() == ObservedState.PAUSED);
    await().until(() -> status("a") == SiteStatus.COMPLETED);
    assertThat(runs).hasValue(1);
    assertThat(status("b")).isEqualTo(SiteStatus.PENDING);
    processor.target(TargetState.RUNNING);
    await().until(() -> status("b") == SiteStatus.COMPLETED);
  }

  @Test
  void a_store_that_does_not_answer_for_a_while_loses_nothing() {
    queued("a", "b", "c");
    FlakyStatusStore flaky = new FlakyStatusStore(stores.statuses());
    QueueProcessor processor = start((job, context) -> DONE, flaky);
    await().until(() -> processor.snapshot().error().isPresent());
    flaky.healthy = true;
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(List.of(status("a"), status("b"), status("c"))).containsOnly(SiteStatus.COMPLETED);
    await().until(() -> processor.snapshot().error().isEmpty());
  }

  @Test
  void what_did_not_end_before_closing_is_delivered_to_the_next_processor()
      throws InterruptedException {
    queued("a", "b");
    CountDownLatch never = new CountDownLatch(1);
    QueueProcessor stuck =
        start(
            (job, context) -> {
              if (job.object().key().equals("a")) {
                never.await();
              }
              return DONE;
            });
    await().until(() -> status("b") == SiteStatus.COMPLETED);
    stuck.close(Duration.ofMillis(100));
    AtomicInteger runsOfB = new AtomicInteger();
    start(
        (job, context) -> {
          if (job.object().key().equals("b")) {
            runsOfB.incrementAndGet();
          }
          return DONE;
        });
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(status("a")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(runsOfB).as("was done before").hasValue(0);
  }

  @Test
  void two_processors_share_a_queue_and_nothing_is_lost_when_one_leaves()
      throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    JobHandler handler =
        (job, context) -> {
          runs.incrementAndGet();
          return DONE;
        };
    QueueProcessor one = start(handler);
    start(handler);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      jobs.addAll(queued("key-" + i));
      if (i == 250) {
        one.close(Duration.ofSeconds(5));
      }
    }
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(jobs).allMatch(job -> status(job.object().key()) == SiteStatus.COMPLETED);
    assertThat(runs).hasValue(500);
  }

  @Test
  void partition_that_stands_still_is_failing_and_a_restart_heals_what_hangs()
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    JobHandler hangingOnce =
        (job, context) -> {
          if (runs.incrementAndGet() == 1) {
            end.await();
          }
          return DONE;
        };
    QueueProcessor processor = start(hangingOnce, stores.statuses(), NO_DRAIN);
    QueueWatch watch = watch(processor, 3);
    int partition = partitionWith("a");
    await().until(() -> processor.snapshot().running() == 1);
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.OK);

    clock.advance(STALL.minusSeconds(1));
    watch.supervise();
    assertThat(watch.restarts()).as("not yet").isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.FAILING);
    assertThat(watch.health().detail()).contains("partition " + partition + " has 1 waiting");

    watch.supervise();
    assertThat(watch.restarts()).isEqualTo(1);
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(status("a")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.OK);
    end.countDown();
  }

  @Test
  void restarts_are_bounded_and_then_the_partition_stays_failing() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    JobHandler hanging =
        (job, context) -> {
          end.await();
          return DONE;
        };
    QueueProcessor processor = start(hanging, stores.statuses(), NO_DRAIN);
    QueueWatch watch = watch(processor, 2);
    queued("a");
    for (int restarts = 0; restarts <= 3; restarts++) {
      await().until(() -> processor.snapshot().running() == 1);
      watch.health();
      clock.advance(STALL);
      assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.FAILING);
      watch.supervise();
    }
    assertThat(watch.restarts()).isEqualTo(2);
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.FAILING);
    end.countDown();
    await().until(() -> stores.queue().backlog(QUEUE) == 0);
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.OK);
  }

  @Test
  void job_that_takes_long_and_moves_bytes_does_not_stand_still() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Semaphore moving = new Semaphore(0);
    JobHandler slow =
        (job, context) -> {
          while (end.getCount() > 0) {
            moving.acquire();
            context.bytesTransferred(1);
          }
          return DONE;
        };
    QueueProcessor processor = start(slow, stores.statuses(), NO_DRAIN);
    QueueWatch watch = watch(processor, 2);
    queued("a");
    await().until(() -> processor.snapshot().running() == 1);
    for (int i = 0; i < 3; i++) {
      long before = signs(processor);
      moving.release();
      await().until(() -> signs(processor) > before);
      assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.OK);
      clock.advance(STALL);
    }
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.FAILING);
    end.countDown();
    moving.release();
  }

  @Test
  void paused_queue_does_not_stand_still() throws InterruptedException {
    QueueProcessor processor = start((job, context) -> DONE);
    QueueWatch watch = watch(processor, 2);
    processor.target(TargetState.PAUSED);
    await().until(() -> processor.snapshot().observed() == ObservedState.PAUSED);
    queued("a");
    watch.health();
    clock.advance(STALL.multipliedBy(2));
    watch.supervise();
    assertThat(watch.restarts()).isZero();
    assertThat(watch.health().state()).isEqualTo(ComponentHealth.State.OK);
  }

  @Test
  void a_queue_that_closes_while_partitions_are_dealt_anew_takes_part_until_it_can_commit()
      throws Exception {
    AtomicBoolean dealing = new AtomicBoolean(true);
    QueueProcessor processor =
        start(
            (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION,
            stores.statuses(),
            ProcessorLimits.DEFAULT,
            committingAfterPolls(stores.queue(), dealing));
    queued("a");
    await().until(() -> status("a") == SiteStatus.COMPLETED);

    processor.close(Duration.ofSeconds(5));

    assertThat(stores.queue().backlog(QUEUE)).isZero();
  }

  /** Consumers that cannot commit until they have polled, in vain, a few times after a commit. */
  private static JobQueue committingAfterPolls(JobQueue queue, AtomicBoolean dealing) {
    AtomicInteger refused = new AtomicInteger();
    return proxy(
        JobQueue.class,
        queue,
        (method, arguments, result) ->
            method.equals("consumer")
                ? proxy(
                    JobConsumer.class,
                    (JobConsumer) result,
                    (call, values, answer) -> answer,
                    (call, values) -> {
                      if (call.equals("poll") && refused.get() > 0 && values[0].equals(0)) {
                        dealing.set(false);
                      }
                      if (call.equals("commit") && dealing.get()) {
                        refused.incrementAndGet();
                        return Optional.of(false);
                      }
                      return Optional.empty();
                    })
                : result,
        (method, arguments) -> Optional.empty());
  }

  private interface After {
    Object of(String method, Object[] arguments, Object result);
  }

  private interface Before {
    Optional<Object> of(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, T real, After after, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Optional<Object> instead = before.of(method.getName(), arguments);
              return instead.isPresent()
                  ? instead.get()
                  : after.of(method.getName(), arguments, method.invoke(real, arguments));
            }));
  }

  private static long signs(QueueProcessor processor) {
    return processor.snapshot().partitions().values().stream().mapToLong(Long::longValue).sum();
  }

  private int partitionWith(String key) {
    queued(key);
    return stores.queue().lag(QUEUE).stream()
        .filter(lag -> lag.records() == 1)
        .findFirst()
        .orElseThrow()
        .partition();
  }

  private QueueWatch watch(QueueProcessor processor, int maxRestarts) {
    return new QueueWatch(processor, stores.queue(), NO_DRAIN, maxRestarts, STALL, clock);
  }

  private QueueProcessor start(JobHandler handler) {
    return start(handler, stores.statuses());
  }

  private QueueProcessor start(JobHandler handler, StatusStore statuses) {
    return start(handler, statuses, ProcessorLimits.DEFAULT);
  }

  private QueueProcessor start(JobHandler handler, StatusStore statuses, ProcessorLimits limits) {
    return start(handler, statuses, limits, stores.queue());
  }

  private QueueProcessor start(
      JobHandler handler, StatusStore statuses, ProcessorLimits limits, JobQueue queue) {
    RetryPolicy policy = new RetryPolicy(2, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0);
    StatusProcessor settler =
        new StatusProcessor(
            statuses,
            stores.failedJobs(),
            stores.queue(),
            CompletionPlanner.NONE,
            policy,
            RandomGenerator.getDefault());
    QueueProcessor processor =
        new QueueProcessor(
            QUEUE,
            queue,
            statuses,
            settler,
            handler,
            new CircuitBreaker(clock, Duration.ofSeconds(1), Duration.ofMinutes(1)),
            stores.quarantine(),
            limits,
            workers,
            told::addAll,
            clock);
    started.add(processor);
    processor.start();
    return processor;
  }

  private List<Job> queued(String... keys) {
    List<Job> jobs = new ArrayList<>();
    for (String key : keys) {
      stores.journal().append(List.of(Metadata.pending("bucket", key, "paris").put()));
      ObjectVersion object = ObjectVersion.unversioned("bucket", key);
      String revision = stores.statuses().find(Set.of(object)).get(object).revision();
      jobs.add(
          new Job(
              new JobKey(JobType.REPLICATION, object, PARIS),
              revision,
              100,
              0,
              clock.instant(),
              "{}"));
    }
    stores.failedJobs().record(jobs.stream().map(LedgerEntry::queued).toList());
    stores.queue().publish(jobs);
    return jobs;
  }

  private SiteStatus status(String key) {
    ObjectVersion object = ObjectVersion.unversioned("bucket", key);
    return stores.statuses().find(Set.of(object)).get(object).at(PARIS).orElseThrow().status();
  }

  private LedgerEntry entry(String key) {
    return stores
        .failedJobs()
        .find(new JobKey(JobType.REPLICATION, ObjectVersion.unversioned("bucket", key), PARIS))
        .orElseThrow();
  }

  /** Reads well, and refuses to write until it is told to be healthy. */
  private static final class FlakyStatusStore implements StatusStore {
    private final StatusStore store;
    private volatile boolean healthy;

    FlakyStatusStore(StatusStore store) {
      this.store = store;
    }

    @Override
    public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
      return store.find(objects);
    }

    @Override
    public List<StatusResult> apply(List<StatusChange> changes) {
      if (!healthy) {
        throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the status store does not answer");
      }
      return store.apply(changes);
    }
  }
}
