package io.backbeat.processor;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObservedState;
import io.backbeat.api.TargetState;
import io.backbeat.job.JobEvent;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.KeyedExecutor;
import io.backbeat.queue.QueueName;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a queue's owner: opens a consumer, and does all the bookkeeping on its own thread. It
 * receives jobs, hands them to workers, settles what the workers report, and commits offsets,
 * always in that direction: an offset is committed only after its outcome is durable.
 *
 * <p>A store that does not answer makes the owner wait and try again; what was received or reported
 * meanwhile is kept.
 *
 * <p>Thread-safe: {@link #start}, {@link #wakeUp}, {@link #snapshot}, {@link #close} and {@link
 * #abandon} may be called from any thread.
 */
final class QueueOwner {
  private static final Logger LOG = LoggerFactory.getLogger(QueueOwner.class);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final Duration STORE_RETRY = Duration.ofMillis(500);
  private static final Duration LAST_COMMIT = Duration.ofSeconds(3);
  private static final Duration LAST_COMMIT_PAUSE = Duration.ofMillis(20);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
  private static final int MAX_BATCH = 1_000;

  private final QueueName name;
  private final QueueSetup setup;
  private final Supplier<TargetState> target;
  private final Intake intake;
  private final CircuitBreaker breaker;
  private final ProcessorLimits limits;
  private final Clock clock;
  private final KeyedExecutor executor;
  private final PartitionActivity activity = new PartitionActivity();
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final ConcurrentLinkedQueue<Settling.Report> reports = new ConcurrentLinkedQueue<>();
  private final Semaphore news = new Semaphore(0);
  private volatile boolean receiving;
  private volatile boolean waiting;
  private volatile boolean closing;
  private volatile boolean cancelled;
  private volatile Duration closeTimeout = Duration.ZERO;
  private volatile QueueSnapshot snapshot;
  private volatile Optional<JobConsumer> opened = Optional.empty();

  // Everything below belongs to the owner thread.
  private final Partitions partitions = new Partitions();
  private final Flights flights;
  private final List<Delivery> received = new ArrayList<>();
  private final Settling settling;
  private long lastCommit = System.nanoTime();
  private Instant lastProgress;
  private long staleOutcomes;
  private boolean consumerPaused;
  private @Nullable String error;

  /** Why the destination was last found down. */
  private @Nullable String down;

  /**
   * Prepares an owner; nothing runs before {@link #start}.
   *
   * @param target whether jobs are to be run, asked again and again
   * @param before what the queue was at when its last owner ended
   */
  QueueOwner(QueueSetup setup, Supplier<TargetState> target, QueueSnapshot before) {
    this.name = setup.name();
    this.setup = setup;
    this.target = target;
    this.intake = setup.intake();
    this.settling = new Settling(setup.settler(), setup.workers(), this::wakeOwner, MAX_BATCH);
    this.breaker = setup.breaker();
    this.limits = setup.limits();
    this.clock = setup.clock();
    this.executor =
        new KeyedExecutor(
            setup.workers(), limits.concurrency(), limits.maxInFlight(), limits.maxInFlightBytes());
    this.flights = new Flights(executor, this::attempt);
    this.lastProgress = before.lastProgress();
    this.staleOutcomes = before.staleOutcomes();
    this.snapshot = before;
    this.thread = new Thread(this::own, "backbeat-" + name);
  }

  private Attempt attempt(Flight flight) {
    return new Attempt(
        flight, setup.handler(), clock, () -> cancelled, setup.events(), activity, this::report);
  }

  void start() {
    thread.start();
  }

  /** Makes it look at its target again. */
  void wakeUp() {
    opened.ifPresent(JobConsumer::wakeup);
  }

  QueueSnapshot snapshot() {
    return snapshot;
  }

  /**
   * Says that it is to end: it receives nothing more, lets running attempts end, settles and
   * commits them, and gives the partitions back. What does not end within the time is cancelled.
   */
  void close(Duration timeout) {
    closeTimeout = timeout;
    closing = true;
    wakeUp();
    if (waiting) {
      news.release();
    }
  }

  /** Waits for its end, at most so long. Returns whether it has come. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for its end. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Gives up on an owner that does not end. Its commits are refused once others have its place. */
  void abandon() {
    cancelled = true;
    thread.interrupt();
  }

  private void own() {
    try {
      if (open()) {
        while (!closing) {
          step();
        }
        finish();
      }
    } finally {
      executor.close();
      ended.countDown();
    }
  }

  private boolean open() {
    while (!closing) {
      try {
        JobConsumer made = setup.queue().consumer(name);
        made.listener(new Assignments());
        opened = Optional.of(made);
        return true;
      } catch (RuntimeException e) {
        stepFailed(e);
      }
    }
    return false;
  }

  private JobConsumer consumer() {
    return opened.orElseThrow();
  }

  private void step() {
    try {
      applyLimits();
      settleReports();
      commitNowAndThen();
      receive();
      dispatch();
      if (settling.isEmpty()) {
        error = null;
      }
    } catch (Throwable e) { // whatever it is, the queue is needed
      stepFailed(e);
    }
    publishSnapshot();
  }

  private void applyLimits() {
    int allowed = target.get() == TargetState.PAUSED ? 0 : breaker.allowed(limits.concurrency());
    boolean probing =
        allowed == 1
            && limits.concurrency() > 1; // a job put back by a failed probe waits for the next call
    if (allowed != executor.limit() || probing) {
      executor.limit(allowed);
    }
    if (allowed == 0 && !consumerPaused) {
      consumer().pause();
      consumerPaused = true;
    } else if (allowed > 0 && consumerPaused) {
      consumer().resume();
      consumerPaused = false;
    }
  }

  // ---- receiving and dispatching

  private void receive() {
    int room = limits.maxInFlight() - flights.size() - received.size();
    boolean worthAsking =
        room > 0 && room >= Math.min(MAX_BATCH, limits.maxInFlight() / 4) && !flights.anyWaiting();
    if (consumerPaused || !worthAsking) {
      received.addAll(consumer().poll(0, Duration.ZERO));
      awaitNews();
      return;
    }
    receiving = true;
    try {
      boolean busy = !reports.isEmpty() || settling.ready() || !received.isEmpty();
      received.addAll(
          consumer().poll(Math.min(room, MAX_BATCH), busy ? Duration.ZERO : patience()));
    } finally {
      receiving = false;
    }
  }

  private Duration patience() {
    Duration untilDue = settling.untilDue();
    return untilDue.compareTo(LONGEST_WAIT) < 0 ? untilDue : LONGEST_WAIT;
  }

  private void awaitNews() {
    waiting = true;
    try {
      if (reports.isEmpty()
          && !settling.ready()
          && news.tryAcquire(patience().toNanos(), TimeUnit.NANOSECONDS)) {
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    } finally {
      waiting = false;
    }
  }

  /**
   * Only the sorting can fail, before anything is changed in memory; it is simply repeated then.
   */
  private void dispatch() {
    flights.offerWaiting();
    if (received.isEmpty()) {
      return;
    }
    List<Delivery> current = received.stream().filter(partitions::isCurrent).toList();
    Intake.Sorted sorted = intake.sort(current, flights::contains);
    received.clear();
    current.forEach(partitions::begin);
    sorted.done().forEach(partitions::complete);
    sorted.toRun().forEach(flights::launch);
    tell(sorted.told());
  }

  /** Called by workers. */
  private void report(Flight flight, TaskOutcome outcome) {
    reports.add(new Settling.Report(flight, outcome, clock.instant()));
    wakeOwner();
  }

  private void wakeOwner() {
    if (receiving) {
      consumer().wakeup();
    }
    if (waiting) {
      news.release();
    }
  }

  // ---- settling

  private void settleReports() {
    takeReports();
    settling.next().ifPresent(this::settled);
  }

  private void takeReports() {
    for (Settling.Report report = reports.poll(); report != null; report = reports.poll()) {
      take(report);
    }
    settling.removeIf(this::dropIfStale);
  }

  /** Settles whatever has been reported, and waits for it. */
  private void settleAll() throws InterruptedException {
    takeReports();
    while (!settling.isEmpty()) {
      settling.await().ifPresent(this::settled);
    }
  }

  private void settled(Settling.Settled batch) {
    error = null;
    List<JobEvent> told = new ArrayList<>(batch.events());
    for (Settling.Report report : batch.reports()) {
      flights.remove(report.flight());
      report.flight().deliveries().forEach(partitions::complete);
      for (int i = 1; i < report.flight().deliveries().size(); i++) {
        told.add(
            new JobEvent.Dropped(
                report.flight().job(), "the same job was queued twice", report.at()));
      }
    }
    tell(told);
  }

  private void take(Settling.Report report) {
    if (report.outcome() instanceof TaskOutcome.DestinationDown found) {
      LOG.warn("{}: destination down: {}", name, found.message());
      down = found.message();
      breaker.onDestinationDown(found.retryAfter());
      executor.limit(breaker.allowed(limits.concurrency()));
      return;
    }
    if (report.outcome() instanceof TaskOutcome.Replicated
        || report.outcome() instanceof TaskOutcome.Rejected) {
      breaker.onSuccess(); // the destination answered, whatever it said
    }
    settling.add(report);
  }

  /** A flight whose partitions have all moved on is someone else's now. */
  private boolean dropIfStale(Settling.Report report) {
    if (report.flight().deliveries().stream().anyMatch(partitions::isCurrent)) {
      return false;
    }
    staleOutcomes++;
    flights.remove(report.flight());
    return true;
  }

  /**
   * A commit waits for the store, so it is made now and then; what a crash makes repeat is
   * recognised by its status.
   */
  private void commitNowAndThen() {
    boolean idle = flights.size() == 0 && received.isEmpty();
    if (idle || System.nanoTime() - lastCommit >= COMMIT_INTERVAL.toNanos()) {
      commit();
      lastProgress = idle ? clock.instant() : lastProgress;
    }
  }

  private void commit() {
    lastCommit = System.nanoTime();
    if (partitions.commit(consumer())) {
      lastProgress = clock.instant();
    }
  }

  private void tell(List<JobEvent> told) {
    if (!told.isEmpty()) {
      setup.events().accept(told);
    }
  }

  // ---- trouble, closing, reporting

  private void stepFailed(Throwable e) {
    if (e instanceof BackbeatException known && known.retryable()) {
      LOG.warn("{}: {}; trying again", name, e.getMessage());
    } else {
      LOG.error("{}: unexpected error; trying again", name, e);
    }
    error = e.toString();
    publishSnapshot();
    try {
      ended.await(STORE_RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  /**
   * While partitions are dealt anew nothing can be committed; taking part until they are dealt
   * keeps the next owner from repeating what is done.
   */
  private void commitLast() throws InterruptedException {
    long end = System.nanoTime() + LAST_COMMIT.toNanos();
    commit();
    while (partitions.behind() && System.nanoTime() < end) {
      consumer().poll(0, Duration.ZERO);
      commit();
      ended.await(LAST_COMMIT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void finish() {
    Instant deadline = clock.instant().plus(closeTimeout);
    executor.limit(0);
    flights.recall();
    try {
      if (!executor.awaitIdle(closeTimeout)) {
        LOG.warn(
            "{}: {} attempts did not end within {}; they will be made again",
            name,
            executor.running(),
            closeTimeout);
      }
      cancelled = true;
      closeTimeout = Duration.ZERO; // giving the partitions back must not wait a second time
      settleAll();
      commitLast();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn(
          "{}: could not settle the last attempts; they will be made again: {}",
          name,
          e.getMessage());
    }
    LOG.debug(
        "{}: closed {} before the deadline", name, Duration.between(clock.instant(), deadline));
    try {
      consumer().close();
    } catch (RuntimeException e) {
      LOG.warn("{}: could not give back the partitions: {}", name, e.getMessage());
    }
  }

  private void publishSnapshot() {
    boolean paused = target.get() == TargetState.PAUSED && executor.running() == 0;
    snapshot =
        new QueueSnapshot(
            name,
            paused ? ObservedState.PAUSED : ObservedState.RUNNING,
            flights.size(),
            executor.running(),
            lastProgress,
            breaker.probeAt(),
            staleOutcomes,
            breaker.state(),
            Optional.ofNullable(error)
                .or(() -> breaker.probeAt().flatMap(at -> Optional.ofNullable(down))),
            partitions.signs(activity),
            error != null);
  }

  /** Called inside poll, on the owner thread. */
  private final class Assignments implements JobConsumer.AssignmentListener {
    @Override
    public void assigned(Set<Integer> newPartitions, int generation) {
      partitions.assign(newPartitions, generation);
    }

    /**
     * Lets running attempts end, settles them and commits, so that the next owner repeats as little
     * as possible.
     */
    @Override
    public void revoked(Set<Integer> lostPartitions) {
      executor.limit(0);
      flights.recall();
      try {
        executor.awaitIdle(closing ? closeTimeout : limits.drain());
        executor.clear(); // what was put back by an attempt that found the destination down
        settleAll();
        commit();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.warn(
            "{}: could not settle before losing partitions {}: {}",
            name,
            lostPartitions,
            e.getMessage());
      }
      partitions.revoke(lostPartitions);
      received.removeIf(d -> !partitions.isCurrent(d));
      flights.retain(f -> f.deliveries().stream().anyMatch(partitions::isCurrent));
    }
  }
}
