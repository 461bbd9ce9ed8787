package io.backbeat.cloudserver.transfer;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes parts with several threads: the one that asks, which always works, and helpers as far as
 * the limits allow. So transfers cannot wait for each other, whatever the executor. Thread-safe.
 */
public final class PartWorkers {
  /**
   * Writes a part.
   *
   * @param <E> how that may fail
   */
  @FunctionalInterface
  public interface Part<E extends Exception> {
    /** Writes the part of a number, which is given once. */
    void write(int index) throws E, InterruptedException;
  }

  private final Executor executor;
  private final int perObject;
  private final Semaphore helpers;

  /**
   * Nothing is written yet.
   *
   * @param executor for helpers; one that refuses them only makes it slower
   * @param perObject how many write parts of one object at most, at least 1
   * @param inAll how many helpers there are at most, for all objects together
   */
  public PartWorkers(Executor executor, int perObject, int inAll) {
    this.executor = executor;
    this.perObject = perObject;
    this.helpers = new Semaphore(inAll);
  }

  /**
   * Writes parts 0 to {@code count - 1}. After the first failure no other part is begun, and those
   * that are under way are awaited: a part that arrives after its upload was aborted would stay for
   * ever. An interrupt interrupts them.
   *
   * @throws E the first failure
   */
  public <E extends Exception> void run(int count, Part<E> part) throws E, InterruptedException {
    Run<E> run = new Run<>(count, part);
    for (int i = 1; i < Math.min(perObject, count) && helpers.tryAcquire(); i++) {
      try {
        executor.execute(() -> help(run));
      } catch (RejectedExecutionException e) {
        helpers.release();
        break;
      }
    }
    run.work();
    run.finish();
  }

  private void help(Run<?> run) {
    try {
      if (run.enter()) {
        try {
          run.work();
        } finally {
          run.leave();
        }
      }
    } finally {
      helpers.release();
    }
  }

  private static final class Run<E extends Exception> {
    private final int count;
    private final Part<E> part;
    private final Set<Thread> helping = new HashSet<>();
    private int next;
    private boolean over;
    private @Nullable Throwable failure;

    Run(int count, Part<E> part) {
      this.count = count;
      this.part = part;
    }

    synchronized boolean enter() {
      return !over && helping.add(Thread.currentThread());
    }

    synchronized void leave() {
      helping.remove(Thread.currentThread());
      // An interrupt that was meant for this transfer must not hit what the thread does next.
      Thread.interrupted();
      notifyAll();
    }

    void work() {
      for (int index = take(); index >= 0; index = take()) {
        try {
          part.write(index);
        } catch (Throwable e) {
          fail(e);
        }
      }
    }

    private synchronized int take() {
      return failure == null && next < count ? next++ : -1;
    }

    private synchronized void fail(Throwable error) {
      failure = failure == null ? error : failure;
      if (error instanceof InterruptedException) {
        helping.forEach(Thread::interrupt);
      }
    }

    synchronized void finish() throws E, InterruptedException {
      over = true;
      boolean interrupted = false;
      while (!helping.isEmpty()) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          fail(e);
        }
      }
      if (interrupted) {
        throw new InterruptedException("interrupted while parts were being written");
      }
      Run.<E>rethrow(failure);
    }

    @SuppressWarnings("unchecked") // nothing else can have been thrown
    private static <E extends Exception> void rethrow(@Nullable Throwable failure)
        throws E, InterruptedException {
      if (failure instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (failure instanceof Error fatal) {
        throw fatal;
      }
      if (failure != null) {
        throw (E) failure;
      }
    }
  }
}
