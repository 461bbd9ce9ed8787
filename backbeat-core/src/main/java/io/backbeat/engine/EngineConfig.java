package io.backbeat.engine;

import io.backbeat.bulk.SweepPolicy;
import io.backbeat.metrics.PendingCheck;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.task.RetryPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * How an engine works. Immutable.
 *
 * @param processors how much each queue may have in hand
 * @param retry when failed attempts are repeated
 * @param breakerFirstDelay how long a destination that is down is left alone at first; doubles with
 *     each failed probe
 * @param breakerMaxDelay at most so long
 * @param populatorBatch log entries dealt with at a time, at least 1
 * @param stuckAfter a partition with jobs that commits nothing for so long, while none of them
 *     tells that it moves bytes, is reported as failing
 * @param restarts how often in a row the consumer of such a queue is restarted, 0 for never; it
 *     counts anew once the partition has moved
 * @param sweep how versions that have lost their jobs are searched for
 * @param pendingCheck how often an engine that populates compares what is counted as pending with
 *     the ledger, where queues are empty, and corrects what has drifted; four minutes at most, zero
 *     for never
 */
public record EngineConfig(
    ProcessorLimits processors,
    RetryPolicy retry,
    Duration breakerFirstDelay,
    Duration breakerMaxDelay,
    int populatorBatch,
    Duration stuckAfter,
    int restarts,
    SweepPolicy sweep,
    Duration pendingCheck) {
  /** Sensible for directories and for object stores near by. */
  public static final EngineConfig DEFAULT =
      new EngineConfig(
          ProcessorLimits.DEFAULT,
          RetryPolicy.SCALITY,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          1_000,
          Duration.ofMinutes(10),
          3,
          SweepPolicy.DEFAULT,
          Duration.ofSeconds(15));

  /** Checks the numbers. */
  public EngineConfig {
    Objects.requireNonNull(processors, "processors");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(breakerFirstDelay, "breakerFirstDelay");
    Objects.requireNonNull(breakerMaxDelay, "breakerMaxDelay");
    Objects.requireNonNull(sweep, "sweep");
    Objects.requireNonNull(pendingCheck, "pendingCheck");
    if (populatorBatch < 1) {
      throw new IllegalArgumentException("populatorBatch must be >= 1, was " + populatorBatch);
    }
    if (stuckAfter.isNegative() || stuckAfter.isZero()) {
      throw new IllegalArgumentException("stuckAfter must be positive, was " + stuckAfter);
    }
    if (pendingCheck.isNegative() || pendingCheck.compareTo(PendingCheck.LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          "pendingCheck must be from 0 to " + PendingCheck.LONGEST_PAUSE + ", was " + pendingCheck);
    }
    if (restarts < 0) {
      throw new IllegalArgumentException("restarts must be >= 0, was " + restarts);
    }
  }

  /** The same with other limits. */
  public EngineConfig withProcessors(ProcessorLimits limits) {
    return new EngineConfig(
        limits,
        retry,
        breakerFirstDelay,
        breakerMaxDelay,
        populatorBatch,
        stuckAfter,
        restarts,
        sweep,
        pendingCheck);
  }

  /** The same with another retry policy. */
  public EngineConfig withRetry(RetryPolicy policy) {
    return new EngineConfig(
        processors,
        policy,
        breakerFirstDelay,
        breakerMaxDelay,
        populatorBatch,
        stuckAfter,
        restarts,
        sweep,
        pendingCheck);
  }

  /** The same with other waits of the circuit breakers. */
  public EngineConfig withBreaker(Duration firstDelay, Duration maxDelay) {
    return new EngineConfig(
        processors,
        retry,
        firstDelay,
        maxDelay,
        populatorBatch,
        stuckAfter,
        restarts,
        sweep,
        pendingCheck);
  }

  /** The same with another rule for partitions that stand still. */
  public EngineConfig withSupervision(Duration standingStill, int restartsInARow) {
    return new EngineConfig(
        processors,
        retry,
        breakerFirstDelay,
        breakerMaxDelay,
        populatorBatch,
        standingStill,
        restartsInARow,
        sweep,
        pendingCheck);
  }

  /** The same with another search for lost jobs. */
  public EngineConfig withSweep(SweepPolicy policy) {
    return new EngineConfig(
        processors,
        retry,
        breakerFirstDelay,
        breakerMaxDelay,
        populatorBatch,
        stuckAfter,
        restarts,
        policy,
        pendingCheck);
  }

  /** The same with another pause between looks at what is counted as pending; zero for none. */
  public EngineConfig withPendingCheck(Duration pause) {
    return new EngineConfig(
        processors,
        retry,
        breakerFirstDelay,
        breakerMaxDelay,
        populatorBatch,
        stuckAfter,
        restarts,
        sweep,
        pause);
  }
}
