package io.backbeat.server.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a running command to stop, and tells when it has. Thread-safe; once stopped, always. */
public final class StopSignal {
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Optional<Duration> orderly = Optional.empty();

  /**
   * Says that the command will end by itself when it is asked to, so that the program ends with the
   * status of the command, and not with that of a signal.
   *
   * @param within how long that takes at most
   */
  public void inGoodOrder(Duration within) {
    orderly = Optional.of(within);
  }

  /** How long the command takes at most to end by itself; empty if it has not said that it does. */
  public Optional<Duration> orderly() {
    return orderly;
  }

  /** Asks the command to stop. */
  public void request() {
    requested.countDown();
  }

  /** Asks the command to stop, and waits until it has, at most so long. */
  public void requestAndAwait(Duration patience) {
    request();
    try {
      stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the command has stopped. */
  public void stopped() {
    stopped.countDown();
  }

  /** Whether the command was asked to stop. */
  public boolean requested() {
    return requested.getCount() == 0;
  }

  /**
   * Waits for a request. An interrupt of the waiting thread counts as one.
   *
   * @return whether the command was asked to stop
   */
  public boolean await(Duration patience) {
    try {
      return requested.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
      return true;
    }
  }
}
