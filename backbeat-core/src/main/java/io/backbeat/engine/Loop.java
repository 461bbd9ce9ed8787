package io.backbeat.engine;

import io.backbeat.api.BackbeatException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A named thread that does one thing again and again, and waits a little longer after an error. */
final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<Duration> body;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closing;
  private volatile Optional<String> error = Optional.empty();

  /**
   * A loop that is not started yet.
   *
   * @param body one round; answers how long to wait before the next one
   */
  Loop(String name, Supplier<Duration> body) {
    this.name = name;
    this.body = body;
    this.thread = new Thread(this::run, "backbeat-" + name);
  }

  void start() {
    thread.start();
  }

  /** Ends the wait before the next round. */
  void wake() {
    wake.release();
  }

  /** Why the last round failed; empty if it did not. */
  Optional<String> error() {
    return error;
  }

  /**
   * Lets the round under way end, then stops; waits for that. Idempotent. Returns whether it was
   * interrupted meanwhile.
   */
  boolean close() {
    closing = true;
    wake.release();
    return joined(thread);
  }

  /** Waits for the end of a thread, whatever comes. Returns whether the wait was interrupted. */
  static boolean joined(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void run() {
    try {
      while (!closing) {
        Duration pause = round();
        if (wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} interrupted", name);
    }
  }

  private Duration round() {
    try {
      Duration pause = body.get();
      error = Optional.empty();
      return pause;
    } catch (BackbeatException e) {
      LOG.warn("{}: {}; trying again", name, e.getMessage());
      error = Optional.of(String.valueOf(e.getMessage()));
      return AFTER_ERROR;
    } catch (Throwable e) { // whatever it is, the loop is needed
      LOG.error("{}: unexpected error; trying again", name, e);
      error = Optional.of(e.toString());
      return AFTER_ERROR;
    }
  }
}
