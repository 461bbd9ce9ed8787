package io.backbeat.processor;

import io.backbeat.api.ObservedState;
import io.backbeat.api.TargetState;
import io.backbeat.job.JobEvent;
import io.backbeat.log.QuarantineStore;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusStore;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one queue. One owner thread at a time does all the bookkeeping; an offset is
 * committed only after the outcome of its job is durable. A store that does not answer makes the
 * owner wait and try again. Thread-safe.
 */
public final class QueueProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(QueueProcessor.class);

  /** For an owner that has nothing left but to settle and to give its partitions back. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final QueueSetup setup;
  private final QueueSnapshot unstarted;
  private final ReentrantLock lives = new ReentrantLock();
  private volatile TargetState target = TargetState.RUNNING;
  private volatile Optional<QueueOwner> owner = Optional.empty();
  private volatile boolean closed;

  /**
   * Prepares the processor; nothing runs, and no consumer is opened, before {@link #start}.
   *
   * @param workers runs attempts; at most {@code limits.concurrency()} of its threads are used at a
   *     time, and one more to settle
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
    this.setup =
        new QueueSetup(
            name,
            queue,
            statuses,
            settler,
            handler,
            breaker,
            quarantine,
            limits,
            workers,
            events,
            clock);
    this.unstarted =
        new QueueSnapshot(
            name,
            ObservedState.UNKNOWN,
            0,
            0,
            clock.instant(),
            Optional.empty(),
            0,
            breaker.state(),
            Optional.empty(),
            Collections.emptySortedMap(),
            false);
  }

  /** Starts the owner thread, which opens a consumer. To be called once. */
  public void start() {
    lives.lock();
    try {
      begin();
    } finally {
      lives.unlock();
    }
  }

  private void begin() {
    if (!closed) {
      QueueOwner next = new QueueOwner(setup, () -> target, snapshot());
      owner = Optional.of(next);
      next.start();
    }
  }

  /** Which queue this is. */
  public QueueName name() {
    return setup.name();
  }

  /**
   * Says whether jobs are to be run from now on; takes effect within a moment. Running attempts
   * come to their end.
   */
  public void target(TargetState state) {
    target = state;
    owner.ifPresent(QueueOwner::wakeUp);
  }

  /** What the processor is at, at most a moment old. */
  public QueueSnapshot snapshot() {
    return owner.map(QueueOwner::snapshot).orElse(unstarted);
  }

  /**
   * Replaces the owner: the one at work gives its partitions back, as for {@link #close}, and
   * closes its consumer; a new one opens another and goes on from the committed offsets. An owner
   * that does not end in time is left behind, interrupted; once others have its partitions, it can
   * commit nothing. What it still runs may then run twice. Does nothing before the start and after
   * the end.
   *
   * @param patience how long running attempts may take to end; the owner gets five seconds more
   */
  public void restart(Duration patience) throws InterruptedException {
    lives.lockInterruptibly();
    try {
      if (closed || owner.isEmpty()) {
        return;
      }
      QueueOwner old = owner.get();
      old.close(patience);
      if (!old.awaitEnd(patience.plus(GRACE))) {
        LOG.error("{}: the thread that works on it does not end; another one takes over", name());
        old.abandon();
      }
      begin();
    } finally {
      lives.unlock();
    }
  }

  /**
   * Stops receiving, lets running attempts end, settles and commits them, and gives the partitions
   * back. What does not end within the time is cancelled and will be delivered again. Idempotent;
   * waits until all is done.
   */
  public void close(Duration timeout) throws InterruptedException {
    closed = true;
    owner.ifPresent(working -> working.close(timeout));
    lives.lockInterruptibly();
    try {
      if (owner.isPresent()) {
        owner.get().close(timeout);
        owner.get().awaitEnd();
      }
    } finally {
      lives.unlock();
    }
  }
}
