package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.status.TrackedStatus;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads of statuses that were begun lately, so that the queues of several locations make one of a
 * version. The oldest are forgotten. Thread-safe.
 */
final class RecentStatuses {
  private static final int MOST = 10_000;

  private record Read(Future<Optional<TrackedStatus>> answer, long begun) {}

  private final long keepNanos;
  private final LongSupplier nanos;
  private final Map<ObjectVersion, Read> reads = new LinkedHashMap<>();

  /**
   * Knows of none yet.
   *
   * @param keep how old a read may be
   * @param nanos tells how time passes, as {@link System#nanoTime}
   */
  RecentStatuses(Duration keep, LongSupplier nanos) {
    this.keepNanos = keep.toNanos();
    this.nanos = nanos;
  }

  /** The read of a version that was begun lately, or a new one. */
  synchronized Future<Optional<TrackedStatus>> get(
      ObjectVersion object, Supplier<Future<Optional<TrackedStatus>>> begin) {
    long now = nanos.getAsLong();
    dropOld(now);
    return reads.computeIfAbsent(object, version -> new Read(begin.get(), now)).answer();
  }

  /** The next read is a new one: this one failed, or the status is about to change. */
  synchronized void forget(ObjectVersion object) {
    reads.remove(object);
  }

  private void dropOld(long now) {
    Iterator<Read> oldest = reads.values().iterator();
    while (oldest.hasNext() && (now - oldest.next().begun() > keepNanos || reads.size() >= MOST)) {
      oldest.remove();
    }
  }
}
