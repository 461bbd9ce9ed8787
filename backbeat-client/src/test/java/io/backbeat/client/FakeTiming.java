package io.backbeat.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Pauses end at once and are remembered; deadlines pass when told. */
final class FakeTiming implements Timing {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final Queue<CompletableFuture<Void>> deadlines = new ConcurrentLinkedQueue<>();
  final List<Duration> limits = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  volatile boolean pausesEnd = true;

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  /** No jitter. */
  @Override
  public double random() {
    return 0;
  }

  @Override
  public CompletableFuture<Void> pause(Duration time) {
    pauses.add(time);
    nanos.addAndGet(time.toNanos());
    return pausesEnd ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<Void> deadline(Duration time) {
    CompletableFuture<Void> deadline = new CompletableFuture<>();
    limits.add(time);
    deadlines.add(deadline);
    return deadline;
  }

  /** The time of all attempts at hand is over, as if it had passed. */
  void expire() {
    nanos.addAndGet(limits.get(limits.size() - 1).toNanos());
    deadlines.forEach(deadline -> deadline.complete(null));
  }
}
