package io.backbeat.processor;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.ObservedState;
import io.backbeat.health.PartitionProgress;
import io.backbeat.health.PartitionProgress.Standing;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.task.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one queue by its progress, partition by partition, and restarts its processor when one
 * stands still. Only partitions that this process holds count: others are someone else's to watch.
 * Thread-safe.
 *
 * <p>A restart heals what hangs in this process: an attempt that never ends, a consumer that gets
 * nothing. What it does not heal stays FAILING, for whoever can start the process anew.
 */
public final class QueueWatch {
  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

  private final QueueProcessor processor;
  private final JobQueue queue;
  private final ProcessorLimits limits;
  private final int maxRestarts;
  private final Duration stallAfter;
  private final Clock clock;
  private final AtomicLong restarts = new AtomicLong();

  // Everything below is guarded by this.
  private final PartitionProgress progress;
  private final Map<Integer, Long> suspects = new HashMap<>();
  private Optional<Instant> troubledSince = Optional.empty();
  private int tries;
  private boolean givenUp;

  /**
   * Watches a processor from now on.
   *
   * @param queue tells how far the partitions are
   * @param limits those of the processor
   * @param maxRestarts how often in a row the processor is restarted; it counts anew once the
   *     partitions that stood still have moved
   * @param stallAfter how long a partition with records may stand still; positive
   */
  public QueueWatch(
      QueueProcessor processor,
      JobQueue queue,
      ProcessorLimits limits,
      int maxRestarts,
      Duration stallAfter,
      Clock clock) {
    this.processor = processor;
    this.queue = queue;
    this.limits = limits;
    this.maxRestarts = maxRestarts;
    this.stallAfter = stallAfter;
    this.clock = clock;
    this.progress = new PartitionProgress(stallAfter);
  }

  /** Which processor this is about. */
  public QueueProcessor processor() {
    return processor;
  }

  /** How often the processor was restarted. */
  public long restarts() {
    return restarts.get();
  }

  /**
   * How the queue is.
   *
   * @throws BackbeatException INTERNAL_ERROR if the queue does not tell how far it is
   */
  public synchronized ComponentHealth health() {
    return judge(look());
  }

  /**
   * Looks at the queue, and restarts its processor if a partition stands still and the processor
   * was not restarted too often. Takes as long as a restart does.
   *
   * @throws BackbeatException INTERNAL_ERROR if the queue does not tell how far it is
   */
  public void supervise() throws InterruptedException {
    Optional<String> reason = toRestart();
    if (reason.isPresent()) {
      LOG.warn("{}; restarting its consumer", reason.get());
      processor.restart(limits.drain());
      restarts.incrementAndGet();
      restarted();
    }
  }

  private synchronized Optional<String> toRestart() {
    Seen seen = look();
    Optional<String> stuck = stuck(seen);
    if (stuck.isPresent() && tries >= maxRestarts) {
      if (!givenUp) {
        LOG.error("{}; {} restarts did not help", stuck.get(), tries);
      }
      givenUp = true;
      return Optional.empty();
    }
    if (stuck.isPresent()) {
      tries++;
      seen.standing()
          .forEach(s -> suspects.put(s.partition().partition(), s.partition().committed()));
    }
    return stuck;
  }

  /** What restarts, gets its time again. */
  private synchronized void restarted() {
    progress.reset();
    troubledSince = Optional.empty();
  }

  private record Seen(QueueSnapshot queue, long waiting, List<Standing> standing, Instant at) {}

  private Seen look() {
    QueueSnapshot now = processor.snapshot();
    List<PartitionLag> lag = queue.lag(processor.name());
    Instant at = clock.instant();
    boolean working =
        now.observed() == ObservedState.RUNNING && now.breaker() == CircuitBreaker.State.CLOSED;
    boolean full = now.running() >= limits.concurrency() || now.inFlight() >= limits.maxInFlight();
    List<Standing> standing =
        progress.look(new PartitionProgress.Look(lag, now.partitions(), working, full), at);
    troubledSince = now.troubled() ? Optional.of(troubledSince.orElse(at)) : Optional.empty();
    calm(lag, now.troubled());
    return new Seen(now, lag.stream().mapToLong(PartitionLag::records).sum(), standing, at);
  }

  /** Whoever has moved is no suspect any more; when none is left, restarts count anew. */
  private void calm(List<PartitionLag> lag, boolean troubled) {
    for (PartitionLag partition : lag) {
      Long stoodAt = suspects.get(partition.partition());
      if (stoodAt != null && (partition.committed() > stoodAt || partition.records() == 0)) {
        suspects.remove(partition.partition());
      }
    }
    if (suspects.isEmpty() && !troubled) {
      tries = 0;
      givenUp = false;
    }
  }

  private Optional<String> stuck(Seen seen) {
    if (!seen.standing().isEmpty()) {
      return Optional.of(
          seen.standing().stream()
              .map(s -> standing(s, seen.at()))
              .collect(Collectors.joining("; ")));
    }
    return troubledSince
        .map(since -> Duration.between(since, seen.at()))
        .filter(troubled -> troubled.compareTo(stallAfter) >= 0)
        .map(
            troubled ->
                processor.name()
                    + " has not worked for "
                    + troubled.toSeconds()
                    + " s: "
                    + seen.queue().error().orElse("no reason known"));
  }

  private String standing(Standing standing, Instant now) {
    PartitionLag partition = standing.partition();
    return processor.name()
        + " partition "
        + partition.partition()
        + " has "
        + partition.records()
        + " waiting and finished nothing for "
        + Duration.between(standing.since(), now).toSeconds()
        + " s";
  }

  private ComponentHealth judge(Seen seen) {
    if (seen.queue().observed() == ObservedState.PAUSED) {
      return health(State.OK, "paused by an operator, " + seen.waiting() + " waiting");
    }
    if (seen.queue().destinationDownUntil().isPresent()) {
      return health(
          State.DEGRADED,
          "circuit breaker is open, the destination does not work"
              + seen.queue().error().map(why -> " (" + why + ")").orElse("")
              + "; "
              + seen.waiting()
              + " waiting");
    }
    Optional<String> stuck = stuck(seen);
    if (stuck.isPresent()) {
      return health(
          State.FAILING, stuck.get() + (tries == 0 ? "" : "; restarted " + tries + " times"));
    }
    if (tries > 0) {
      return health(
          State.DEGRADED,
          "stood still, and was restarted; attempt " + tries + " of " + maxRestarts);
    }
    return health(State.OK, "");
  }

  private ComponentHealth health(State state, String detail) {
    return new ComponentHealth(processor.name().toString(), state, detail);
  }
}
