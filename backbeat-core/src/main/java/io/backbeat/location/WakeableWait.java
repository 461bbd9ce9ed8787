package io.backbeat.location;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waiting that another thread can end. A wake-up that comes before the wait is not lost; many count
 * as one.
 */
final class WakeableWait {
  private final Semaphore woken = new Semaphore(0);

  void wake() {
    woken.release();
  }

  void await(Duration atMost) throws InterruptedException {
    if (woken.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
      woken.drainPermits();
    }
  }
}
