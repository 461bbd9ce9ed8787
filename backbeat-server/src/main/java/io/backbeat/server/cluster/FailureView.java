package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobEvent;
import io.backbeat.kafka.FailedNotice;
import io.backbeat.redis.RecordedFailure;
import io.backbeat.redis.RedisFailedIndex;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index of failures in Redis, which tools and an API of the original read, in step with
 * what happens: notices of failures are added, jobs that are tried again are taken out. Ours read
 * the ledger. Thread-safe.
 *
 * <p>What is taken out is collected and written every quarter of a second; a Redis that does not
 * answer costs only entries that stay for at most a day. More than {@value #MAX_WAITING} are not
 * kept.
 */
final class FailureView implements JobEvent.Listener, Consumer<List<FailedNotice>>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailureView.class);
  private static final int MAX_WAITING = 100_000;
  private static final long PAUSE_MILLIS = 250;

  private final RedisFailedIndex index;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(FailureView::thread);
  private Map<LocationName, Set<ObjectVersion>> outdated = new HashMap<>();
  private int waiting;

  FailureView(RedisFailedIndex index) {
    this.index = index;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "backbeat-failure-view");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused =
        writer.scheduleWithFixedDelay(
            this::writeOrGiveUp, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Adds failures; they are in Redis on return. */
  @Override
  public void accept(List<FailedNotice> notices) {
    index.add(
        notices.stream()
            .map(notice -> new RecordedFailure(notice.location(), notice.object(), notice.at()))
            .toList());
  }

  @Override
  public void on(JobEvent event) {
    if (event instanceof JobEvent.Requeued requeued && requeued.job().key().type().tracksStatus()) {
      remember(requeued.job().location(), requeued.job().object());
    }
  }

  private synchronized void remember(LocationName location, ObjectVersion object) {
    if (waiting < MAX_WAITING
        && outdated.computeIfAbsent(location, l -> new LinkedHashSet<>()).add(object)) {
      waiting++;
    }
  }

  private synchronized Map<LocationName, Set<ObjectVersion>> take() {
    Map<LocationName, Set<ObjectVersion>> taken = outdated;
    outdated = new HashMap<>();
    waiting = 0;
    return taken;
  }

  private void writeOrGiveUp() {
    try {
      take().forEach(index::remove);
    } catch (RuntimeException e) { // whatever it is: thrown on, it would end the schedule unsaid
      LOG.warn("failures that are tried again stay in Redis for a day: {}", e.toString());
    }
  }

  /** Writes what was collected. Idempotent. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
    writeOrGiveUp();
  }
}
