package io.backbeat.processor;

import io.backbeat.api.ObservedState;
import io.backbeat.queue.QueueName;
import io.backbeat.task.CircuitBreaker;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a queue's processor is at, a moment ago.
 *
 * @param queue which queue
 * @param observed whether it runs jobs
 * @param inFlight jobs received and not settled
 * @param running attempts being made
 * @param lastProgress when an offset was last committed, or the processor started
 * @param destinationDownUntil when the destination is tried again; empty while it is not down
 * @param staleOutcomes outcomes dropped because their partition had moved on
 * @param breaker what the circuit breaker of the destination lets through
 * @param error why the processor does not get on at the moment; empty when it does
 * @param partitions the partitions it holds, each with a number that changes whenever an attempt of
 *     one of its jobs tells that it gets on
 * @param troubled whether the last round of the processor failed, as when a store does not answer
 */
public record QueueSnapshot(
    QueueName queue,
    ObservedState observed,
    int inFlight,
    int running,
    Instant lastProgress,
    Optional<Instant> destinationDownUntil,
    long staleOutcomes,
    CircuitBreaker.State breaker,
    Optional<String> error,
    SortedMap<Integer, Long> partitions,
    boolean troubled) {
  /** Copies the map. */
  public QueueSnapshot {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }
}
