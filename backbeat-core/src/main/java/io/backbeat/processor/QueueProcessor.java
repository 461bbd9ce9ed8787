package io.backbeat.processor;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObservedState;
import io.backbeat.api.TargetState;
import io.backbeat.job.JobEvent;
import io.backbeat.log.QuarantineStore;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.KeyedExecutor;
import io.backbeat.queue.QueueName;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusStore;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.JobHandler;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one queue. One owner thread does all the bookkeeping: it receives jobs, hands
 * them to workers, settles what the workers report, and commits offsets, always in that direction:
 * an offset is committed only after its outcome is durable.
 *
 * <p>A store that does not answer makes the owner wait and try again; what was received or reported
 * meanwhile is kept.
 *
 * <p>Thread-safe: {@link #start}, {@link #target}, {@link #snapshot} and {@link #close} may be
 * called from any thread.
 */
public final class QueueProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(QueueProcessor.class);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final Duration STORE_RETRY = Duration.ofMillis(500);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
  private static final int MAX_BATCH = 1_000;

  private final QueueName name;
  private final JobConsumer consumer;
  private final Intake intake;
  private final CircuitBreaker breaker;
  private final ProcessorLimits limits;
  private final Consumer<List<JobEvent>> events;
  private final Clock clock;
  private final KeyedExecutor executor;
  private final Thread owner;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final ConcurrentLinkedQueue<Settling.Report> reports = new ConcurrentLinkedQueue<>();
  private final Semaphore news = new Semaphore(0);
  private volatile boolean receiving;
  private volatile boolean waiting;
  private volatile boolean closing;
  private volatile boolean cancelled;
  private volatile TargetState target = TargetState.RUNNING;
  private volatile Duration closeTimeout = Duration.ZERO;
  private volatile QueueSnapshot snapshot;

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
   * Prepares the processor; nothing runs before {@link #start}.
   *
   * @param workers runs attempts; at most {@code limits.concurrency()} of its threads are used at a
   *     time
   * @param events hears what happened, after it became durable
   */
  public QueueProcessor(
      QueueName name,
      JobQueue queue,
      StatusStore statuses,
      OutcomeSettler settler,
      JobHandler handler,
      CircuitBreaker breaker,
      QuarantineStore quarantine,
      ProcessorLimits limits,
      Executor workers,
      Consumer<List<JobEvent>> events,
      Clock clock) {
    this.name = name;
    this.consumer = queue.consumer(name);
    this.intake = new Intake(name, statuses, settler, quarantine, clock);
    this.settling = new Settling(settler, workers, this::wakeOwner, MAX_BATCH);
    this.breaker = breaker;
    this.limits = limits;
    this.events = events;
    this.clock = clock;
    this.executor =
        new KeyedExecutor(
            workers, limits.concurrency(), limits.maxInFlight(), limits.maxInFlightBytes());
    this.flights =
        new Flights(
            executor, f -> new Attempt(f, handler, clock, () -> cancelled, events, this::report));
    this.lastProgress = clock.instant();
    this.snapshot =
        new QueueSnapshot(
            name,
            ObservedState.UNKNOWN,
            0,
            0,
            lastProgress,
            Optional.empty(),
            0,
            breaker.state(),
            Optional.empty());
    this.owner = new Thread(this::own, "backbeat-" + name);
  }

  /** Starts the owner thread. To be called once. */
  public void start() {
    owner.start();
  }

  /** Which queue this is. */
  public QueueName name() {
    return name;
  }

  /**
   * Says whether jobs are to be run from now on; takes effect within a moment. Running attempts
   * come to their end.
   */
  public void target(TargetState state) {
    target = state;
    consumer.wakeup();
  }

  /** What the processor is at, at most a moment old. */
  public QueueSnapshot snapshot() {
    return snapshot;
  }

  /**
   * Stops receiving, lets running attempts end, settles and commits them, and gives the partitions
   * back. What does not end within the time is cancelled and will be delivered again. Idempotent;
   * waits until all is done.
   */
  public void close(Duration timeout) throws InterruptedException {
    closeTimeout = timeout;
    closing = true;
    consumer.wakeup();
    if (owner.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    ended.await();
  }

  private void own() {
    consumer.listener(new Assignments());
    try {
      while (!closing) {
        step();
      }
      finish();
    } finally {
      executor.close();
      ended.countDown();
    }
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
    int allowed = target == TargetState.PAUSED ? 0 : breaker.allowed(limits.concurrency());
    boolean probing =
        allowed == 1
            && limits.concurrency() > 1; // a job put back by a failed probe waits for the next call
    if (allowed != executor.limit() || probing) {
      executor.limit(allowed);
    }
    if (allowed == 0 && !consumerPaused) {
      consumer.pause();
      consumerPaused = true;
    } else if (allowed > 0 && consumerPaused) {
      consumer.resume();
      consumerPaused = false;
    }
  }

  // ---- receiving and dispatching

  private void receive() {
    int room = limits.maxInFlight() - flights.size() - received.size();
    boolean worthAsking =
        room > 0 && room >= Math.min(MAX_BATCH, limits.maxInFlight() / 4) && !flights.anyWaiting();
    if (consumerPaused || !worthAsking) {
      received.addAll(consumer.poll(0, Duration.ZERO));
      awaitNews();
      return;
    }
    receiving = true;
    try {
      boolean busy = !reports.isEmpty() || settling.ready() || !received.isEmpty();
      received.addAll(consumer.poll(Math.min(room, MAX_BATCH), busy ? Duration.ZERO : patience()));
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
      consumer.wakeup();
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
    if (partitions.commit(consumer)) {
      lastProgress = clock.instant();
    }
  }

  private void tell(List<JobEvent> told) {
    if (!told.isEmpty()) {
      events.accept(told);
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
      commit();
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
      consumer.close();
    } catch (RuntimeException e) {
      LOG.warn("{}: could not give back the partitions: {}", name, e.getMessage());
    }
  }

  private void publishSnapshot() {
    boolean paused = target == TargetState.PAUSED && executor.running() == 0;
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
                .or(() -> breaker.probeAt().flatMap(at -> Optional.ofNullable(down))));
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
