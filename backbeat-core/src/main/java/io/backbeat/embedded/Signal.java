package io.backbeat.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Wakes whoever waits for something to be written. Thread-safe. */
final class Signal {
  private final Object monitor = new Object();

  /** Makes waiters look again. */
  void raise() {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  /**
   * Waits until a condition holds, or the time is up, or the thread is interrupted, which stays
   * set. The condition is looked at after each {@link #raise}, with a lock held, so it must be
   * quick.
   */
  void await(Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + nanos(timeout);
    synchronized (monitor) {
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        try {
          // Rounded up: waiting 0 would be for ever.
          monitor.wait(left / 1_000_000 + 1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private static long nanos(Duration timeout) {
    // Half of what a long holds, so that adding it to the clock does not overflow.
    Duration limit = Duration.ofNanos(Long.MAX_VALUE / 2);
    return timeout.compareTo(limit) < 0 ? timeout.toNanos() : limit.toNanos();
  }
}
