package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens to jobs. Events are summed in memory and written to the {@link CounterStore}
 * in batches, so that hearing one costs no round trip; a crash forgets what was heard since the
 * last {@link #flush}. While the store does not answer, sums are kept (of single objects at most
 * {@value #MAX_OBJECT_COUNTERS}) and written later, in the interval the events happened in.
 *
 * <p>Thread-safe. {@link #start} makes one thread that flushes; {@link #close} flushes for the last
 * time and ends it.
 */
public final class JobMetrics implements JobEvent.Listener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobMetrics.class);
  private static final int MAX_OBJECT_COUNTERS = 100_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final CounterStore store;
  private final DeltaBuffer buffer = new DeltaBuffer(MAX_OBJECT_COUNTERS);
  private final ScheduledExecutorService flusher;

  /** Counts into a store; nothing is written before {@link #flush} or {@link #start}. */
  public JobMetrics(CounterStore store) {
    this.store = store;
    this.flusher = Executors.newSingleThreadScheduledExecutor(JobMetrics::flushThread);
  }

  private static Thread flushThread(Runnable flushing) {
    Thread thread = new Thread(flushing, "backbeat-metrics");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What some events do to counters: the sum per counter, without those whose sum is 0. Pure. Only
   * replication jobs count: a queued job is pending until it is completed, failed or dropped; a job
   * queued again by an operator only becomes pending again; a failed attempt that is followed by
   * another one changes nothing.
   */
  public static Map<CounterKey, Long> deltas(List<JobEvent> events) {
    return JobEffects.deltas(events);
  }

  @Override
  public void on(JobEvent event) {
    onAll(List.of(event));
  }

  /** Hears events of one batch; the same as hearing them one by one, and cheaper. */
  public void onAll(List<JobEvent> events) {
    Map<Instant, List<JobEvent>> byInterval =
        events.stream()
            .collect(Collectors.groupingBy(event -> CounterStore.intervalStart(event.at())));
    byInterval.forEach(
        (start, sameInterval) ->
            buffer.add(deltas(sameInterval), TimeSample.of(sameInterval), start));
  }

  /** Starts to flush by itself, again and again after a pause. To be called once at most. */
  public void start(Duration pause) {
    var unused =
        flusher.scheduleWithFixedDelay(
            this::flushOrKeep, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void flushOrKeep() {
    try {
      flush();
    } catch (RuntimeException e) {
      log.warn("counters are not written, will try again: {}", e.toString());
    }
  }

  /**
   * Writes what was heard so far.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; what
   *     could not be written is kept for the next flush. The store may have counted it all the same
   */
  public void flush() {
    var intervals = buffer.drain();
    Iterator<Map.Entry<Instant, Deltas>> unwritten = intervals.entrySet().iterator();
    try {
      while (unwritten.hasNext()) {
        Map.Entry<Instant, Deltas> interval = unwritten.next();
        write(interval.getValue(), interval.getKey());
        unwritten.remove();
      }
    } finally {
      intervals.forEach((at, deltas) -> buffer.putBack(deltas, at));
    }
  }

  private void write(Deltas deltas, Instant at) {
    store.add(deltas.counters(), at);
    deltas.countersWritten();
    Map<LocationName, TimeHistogram> times = deltas.times();
    if (!times.isEmpty()) {
      store.addTimes(times, at);
    }
  }

  /**
   * Changes of counters of single objects that were given up because the store did not answer for
   * too long.
   */
  public long givenUp() {
    return buffer.givenUp();
  }

  /**
   * Flushes what is left, waiting at most five seconds for a flush that is under way. Idempotent.
   */
  @Override
  public void close() {
    flusher.shutdown();
    try {
      if (!flusher.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        flusher.shutdownNow();
      }
    } catch (InterruptedException e) {
      flusher.shutdownNow();
      Thread.currentThread().interrupt();
    }
    flushOrKeep();
  }
}
