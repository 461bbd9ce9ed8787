package io.backbeat.location;

import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends pauses whose time has come. Schedules live in the store and nowhere else: a restart, a
 * cancelled schedule or a manual resume leaves nothing armed behind. Of several schedulers on one
 * store exactly one ends a given pause.
 *
 * <p>Thread-safe. {@link #start} makes one thread, which {@link #close} ends.
 */
public final class ResumeScheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResumeScheduler.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * What one look at the store came to.
   *
   * @param resumed the pauses that this scheduler ended
   * @param nextDue when the next pause is to end; empty if none is scheduled
   */
  public record Tick(List<LocationStatus> resumed, Optional<Instant> nextDue) {
    /** Copies the list. */
    public Tick {
      resumed = List.copyOf(resumed);
    }
  }

  private final LocationStateStore store;
  private final Clock clock;
  private final Duration maxWait;
  private final BooleanSupplier leads;
  private final WakeableWait sleep = new WakeableWait();
  private Optional<Running> running = Optional.empty();
  private volatile boolean closed;

  private record Running(Thread thread, AutoCloseable watch) {}

  /** Watches the schedules of a store, whoever else does. */
  public ResumeScheduler(LocationStateStore store, Clock clock, Duration maxWait) {
    this(store, clock, maxWait, () -> true);
  }

  /**
   * Watches the schedules of a store.
   *
   * @param store where schedules are kept
   * @param clock what time it is
   * @param maxWait how long a change that the store did not tell of, or a failure of the store, can
   *     delay a resume; positive
   * @param leads whether this process is the one to end pauses now, asked before each look at the
   *     store. Two that believe so do no harm: each pause is ended once
   */
  public ResumeScheduler(
      LocationStateStore store, Clock clock, Duration maxWait, BooleanSupplier leads) {
    if (maxWait.isNegative() || maxWait.isZero()) {
      throw new IllegalArgumentException("maxWait must be positive, was " + maxWait);
    }
    this.store = store;
    this.clock = clock;
    this.maxWait = maxWait;
    this.leads = leads;
  }

  /**
   * Ends the pauses that are due.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a later
   *     tick does what this one did not
   */
  public Tick tick() {
    Instant now = clock.instant();
    List<LocationStatus> resumed = new ArrayList<>();
    Optional<Instant> nextDue = Optional.empty();
    for (ServiceName service : ServiceName.values()) {
      for (LocationStatus status : store.list(service)) {
        if (DesiredState.of(status).due(now)) {
          resume(status).ifPresent(resumed::add);
        } else {
          nextDue = earlier(nextDue, status.resumeAt());
        }
      }
    }
    return new Tick(resumed, nextDue);
  }

  /**
   * Empty if another writer was first: another scheduler, or an operator whose newer decision then
   * counts.
   */
  private Optional<LocationStatus> resume(LocationStatus due) {
    DesiredState after = DesiredState.of(due).resumed();
    return store.compareAndSet(
        due.service(), due.location(), due.revision(), after.target(), after.resumeAt());
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && b.isPresent() ? (a.get().isBefore(b.get()) ? a : b) : a.or(() -> b);
  }

  /**
   * Starts to tick: when a pause is due, when a state has changed, and every {@code maxWait}. To be
   * called once at most.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; nothing
   *     was started
   */
  public synchronized void start() {
    if (running.isPresent() || closed) {
      throw new IllegalStateException("a scheduler can be started once, and not after close");
    }
    AutoCloseable watch = store.watch(status -> sleep.wake());
    Thread thread = new Thread(this::run, "backbeat-resume-scheduler");
    thread.setDaemon(true);
    running = Optional.of(new Running(thread, watch));
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        sleep.await(untilNextTick());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration untilNextTick() {
    try {
      if (!leads.getAsBoolean()) {
        return maxWait;
      }
      Tick tick = tick();
      tick.resumed()
          .forEach(
              s -> log.info("resumed {} at {} as scheduled", s.service().wireName(), s.location()));
      Duration untilDue =
          tick.nextDue().map(due -> Duration.between(clock.instant(), due)).orElse(maxWait);
      return untilDue.compareTo(maxWait) < 0 ? untilDue : maxWait;
    } catch (RuntimeException e) {
      log.warn("cannot look for scheduled resumes, next try in {}: {}", maxWait, e.toString());
      return maxWait;
    }
  }

  /** Stops ticking; waits at most five seconds for a tick that is under way. Idempotent. */
  @Override
  public void close() {
    closed = true;
    sleep.wake();
    Optional<Running> ending;
    synchronized (this) {
      ending = running;
      running = Optional.empty();
    }
    ending.ifPresent(ResumeScheduler::end);
  }

  private static void end(Running running) {
    try {
      running.watch().close();
      running.thread().join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("the watch of location states did not close", e);
    }
    if (running.thread().isAlive()) {
      running.thread().interrupt();
    }
  }
}
