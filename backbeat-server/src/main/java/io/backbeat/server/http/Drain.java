package io.backbeat.server.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is inside and, once draining has begun, lets nothing more in. Thread-safe. */
final class Drain {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private boolean begun;

  /** Whether the caller is let in; if so it must {@link #leave}. */
  boolean enter() {
    lock.lock();
    try {
      if (!begun) {
        inside++;
      }
      return !begun;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Begins to drain and waits until nothing is inside; false when that took too long. */
  boolean await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      begun = true;
      long nanos = atMost.toNanos();
      while (inside > 0 && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return inside == 0;
    } finally {
      lock.unlock();
    }
  }
}
