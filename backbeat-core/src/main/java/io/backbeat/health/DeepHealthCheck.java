package io.backbeat.health;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a marker through every partition of some queues. One check at a time; who asks while one is
 * under way gets its answer. Thread-safe.
 */
public final class DeepHealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DeepHealthCheck.class);

  /** For the answer of a check that used up its time to arrive. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final JobQueue queue;
  private final List<QueueName> names;
  private final Duration limit;
  private final SingleFlight<DeepHealth> flight;

  /**
   * Checks some queues.
   *
   * @param names in the order in which their partitions are numbered
   * @param executor runs the check; needs one thread. Owned by the caller
   * @param limit how long a check may take; positive
   */
  public DeepHealthCheck(JobQueue queue, List<QueueName> names, Executor executor, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit must be positive, was " + limit);
    }
    this.queue = queue;
    this.names = List.copyOf(names);
    this.limit = limit;
    this.flight = new SingleFlight<>(this::run, executor);
  }

  /**
   * Runs a check, or waits for the one under way.
   *
   * @throws BackbeatException INTERNAL_ERROR if the partitions cannot be told, or nothing is heard
   *     for longer than the limit; NOT_RUNNING if the executor takes no work any more
   */
  public DeepHealth check() {
    CompletableFuture<DeepHealth> answer = flight.ask();
    try {
      return answer.get(limit.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failed("the queues gave no answer within " + limit, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RejectedExecutionException) {
        throw new BackbeatException(ErrorCode.NOT_RUNNING, "the engine is closed", e.getCause());
      }
      throw e.getCause() instanceof BackbeatException known
          ? new BackbeatException(known.code(), String.valueOf(known.getMessage()), known)
          : failed("the queues cannot be checked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while waiting for the queues", e);
    }
  }

  private DeepHealth run() {
    long start = System.nanoTime();
    SortedMap<Integer, Boolean> partitions = new TreeMap<>();
    for (QueueName name : names) {
      Duration left = limit.minusNanos(System.nanoTime() - start);
      roundTrip(name, left.isNegative() ? Duration.ZERO : left)
          .forEach((partition, answered) -> partitions.put(partitions.size(), answered));
    }
    return new DeepHealth(partitions, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Every partition has an entry, so that the numbers of those that follow stay the same. */
  private SortedMap<Integer, Boolean> roundTrip(QueueName name, Duration atMost) {
    SortedMap<Integer, Boolean> answered = new TreeMap<>();
    for (int partition = 0; partition < queue.partitions(name); partition++) {
      answered.put(partition, false);
    }
    try {
      answered.putAll(queue.roundTrip(name, atMost));
    } catch (BackbeatException e) {
      LOG.warn("{}: no marker came back: {}", name, e.getMessage());
    }
    return answered;
  }

  private static BackbeatException failed(String message, Throwable cause) {
    return new BackbeatException(ErrorCode.INTERNAL_ERROR, message, cause);
  }
}
