package io.backbeat.server.cloudserver;

import io.backbeat.cloudserver.backends.AbandonedUploads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends uploads that no job goes on with, every few minutes, in a thread of its own. Several
 * processes may do so at once.
 */
public final class UploadSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSweep.class);
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final int AT_ONCE = 100;

  private final AbandonedUploads uploads;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(UploadSweep::daemon);

  private UploadSweep(AbandonedUploads uploads) {
    this.uploads = uploads;
  }

  /** Starts to sweep. */
  public static UploadSweep start(AbandonedUploads uploads) {
    return start(uploads, PERIOD);
  }

  static UploadSweep start(AbandonedUploads uploads, Duration period) {
    UploadSweep sweep = new UploadSweep(uploads);
    long millis = period.toMillis();
    var unused =
        sweep.thread.scheduleWithFixedDelay(sweep::run, millis, millis, TimeUnit.MILLISECONDS);
    return sweep;
  }

  private void run() {
    try {
      while (uploads.sweep(AT_ONCE) == AT_ONCE) {
        LOG.debug("more uploads are to be looked at");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // the next round tries again
      LOG.warn("cannot look for abandoned uploads: {}", e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "backbeat-uploads");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Stops. What is being asked is broken off; waits a few seconds for that, so that what the sweep
   * uses may be closed after. Idempotent.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the search for abandoned uploads does not stop within {}", STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
