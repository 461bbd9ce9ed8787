package io.backbeat.processor;

import io.backbeat.job.JobEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * Settles outcomes on another thread while the queue's owner goes on receiving. One batch at a
 * time, so that outcomes are settled in the order in which they were reported. Owned by the owner
 * thread; only the settling itself runs elsewhere, and touches nothing in here.
 */
final class Settling {
  /**
   * How long outcomes are collected when they come slowly. Each batch costs the store a few
   * flushes, which slow down whatever else uses its disk.
   */
  private static final Duration LINGER = Duration.ofMillis(20);

  /** So many outcomes are worth a batch of their own at once. */
  private static final int WORTHWHILE = 200;

  /** The end of an attempt, as a worker reported it. */
  record Report(Flight flight, TaskOutcome outcome, Instant at) {
    FinishedAttempt attempt() {
      return new FinishedAttempt(flight.job(), outcome, at);
    }
  }

  /** A batch that is settled durably. */
  record Settled(List<Report> reports, List<JobEvent> events) {}

  private record UnderWay(List<Report> batch, FutureTask<List<JobEvent>> task) {}

  private final OutcomeSettler settler;
  private final Executor threads;
  private final Runnable nudge;
  private final int maxBatch;
  private final List<Report> unsettled = new ArrayList<>();
  private long lastStart = System.nanoTime() - LINGER.toNanos();
  private Optional<UnderWay> underWay = Optional.empty();

  /**
   * Settles with a settler.
   *
   * @param threads where batches are settled
   * @param nudge tells the owner, from that thread, that a batch has come to an end
   */
  Settling(OutcomeSettler settler, Executor threads, Runnable nudge, int maxBatch) {
    this.settler = settler;
    this.threads = threads;
    this.nudge = nudge;
    this.maxBatch = maxBatch;
  }

  void add(Report report) {
    unsettled.add(report);
  }

  /** Lets go of outcomes that are nobody's business any more; those being settled go their way. */
  void removeIf(Predicate<Report> stale) {
    unsettled.removeIf(stale);
  }

  /**
   * Whether a batch has come to an end and waits to be fetched by {@link #next}, or could be
   * started by it.
   */
  boolean ready() {
    return underWay.map(u -> u.task().isDone()).orElse(!unsettled.isEmpty() && untilDue().isZero());
  }

  /**
   * How long until the next batch can be started, if outcomes wait for that and for nothing else;
   * else a long time.
   */
  Duration untilDue() {
    if (unsettled.isEmpty() || underWay.isPresent()) {
      return ChronoUnit.FOREVER.getDuration();
    }
    long left = LINGER.toNanos() - (System.nanoTime() - lastStart);
    return unsettled.size() >= WORTHWHILE || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** Whether nothing is left to settle. */
  boolean isEmpty() {
    return underWay.isEmpty() && unsettled.isEmpty();
  }

  /**
   * Fetches the batch that has come to an end, if one has, and starts the next one.
   *
   * @throws RuntimeException what the settling threw; its outcomes are kept and will be settled
   *     again
   */
  Optional<Settled> next() {
    Optional<Settled> ended = underWay.filter(u -> u.task().isDone()).map(this::fetch);
    if (underWay.isEmpty() && untilDue().isZero()) {
      start();
    }
    return ended;
  }

  /**
   * Settles what there is without collecting more; waits for the batch under way and fetches it.
   */
  Optional<Settled> await() throws InterruptedException {
    if (underWay.isEmpty() && !unsettled.isEmpty()) {
      start();
    }
    if (underWay.isPresent()) {
      try {
        underWay.get().task().get();
      } catch (ExecutionException e) {
        // fetched, with its reason, below
      }
    }
    return next();
  }

  private Settled fetch(UnderWay ended) {
    underWay = Optional.empty();
    try {
      return new Settled(ended.batch(), ended.task().get());
    } catch (ExecutionException e) {
      unsettled.addAll(0, ended.batch());
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      unsettled.addAll(0, ended.batch());
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while fetching a batch that is done", e);
    }
  }

  private void start() {
    lastStart = System.nanoTime();
    List<Report> head = unsettled.subList(0, Math.min(maxBatch, unsettled.size()));
    List<Report> batch = List.copyOf(head);
    head.clear();
    FutureTask<List<JobEvent>> task =
        new FutureTask<>(() -> settler.settle(batch.stream().map(Report::attempt).toList())) {
          @Override
          protected void done() {
            nudge.run();
          }
        };
    underWay = Optional.of(new UnderWay(batch, task));
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // the threads are gone already; what is done must still be settled
    }
  }
}
