package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters. An addition goes to the disk together with the next write of anything, within a tenth
 * of a second, and reading waits for it; so counting costs no way to the disk of its own. A crash
 * may lose what was added in that time, as it may lose an addition that was not yet made. If it
 * cannot be written, the next addition says so.
 *
 * <p>Each addition sweeps away some numbers that are older than a day before it, so there is
 * nothing to be started for it.
 */
final class EmbeddedCounters implements CounterStore {
  /** More than one addition makes on average, so that sweeping keeps up. */
  private static final int SWEEP_AT_LEAST = 64;

  private static final String OF_KEY =
      " service = ? AND location = ? AND counter = ? AND bucket = ? AND key = ? AND version = ?";

  private static final CompletableFuture<Integer> NOTHING = CompletableFuture.completedFuture(0);

  private final Writer writer;
  private final Readers readers;
  private final AtomicLong additions = new AtomicLong();
  private final Remembered<List<CounterKey>, List<Long>> gauges;
  private final Remembered<Asked, List<long[]>> series;
  private final Remembered<AskedTimes, List<TimeHistogram>> times;
  private volatile CompletableFuture<Integer> last = NOTHING;

  /** A read of series, which changes with the time too. */
  private record Asked(List<CounterKey> keys, long newest, int intervals) {}

  private record AskedTimes(List<LocationName> locations, long newest, int intervals) {}

  EmbeddedCounters(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
    this.gauges = new Remembered<>(readers, additions::get);
    this.series = new Remembered<>(readers, additions::get);
    this.times = new Remembered<>(readers, additions::get);
  }

  @Override
  public void add(Map<CounterKey, Long> deltas, Instant at) {
    if (deltas.isEmpty()) {
      return;
    }
    Map<CounterKey, Long> copy = Map.copyOf(deltas);
    long interval = CounterStore.intervalStart(at).getEpochSecond();
    submit(
        db -> {
          for (Map.Entry<CounterKey, Long> delta : copy.entrySet()) {
            add(db, delta.getKey(), interval, delta.getValue());
          }
          return sweep(db, interval, copy.size());
        });
  }

  /** One at a time, so that the last one is the last in the writer's queue too. */
  private synchronized void submit(Writer.Work<Integer> work) {
    CompletableFuture<Integer> previous = last;
    if (previous.isCompletedExceptionally()) {
      last = NOTHING;
      Writer.await(previous);
    }
    last = writer.submitLazily(work);
    additions.incrementAndGet();
  }

  /**
   * Waits until what was added is to be seen; whatever was added before the last addition was
   * written before it.
   */
  private void flush() {
    CompletableFuture<Integer> pending = last;
    if (!pending.isDone()) {
      writer.hurry();
      Writer.await(pending);
    }
  }

  private static void add(Db db, CounterKey key, long interval, long delta) throws SQLException {
    if (key.counter().kind() == Counter.Kind.GAUGE) {
      db.update(
          "INSERT INTO gauge (service, location, counter, bucket, key, version, value) VALUES (?, ?, ?, ?, ?, ?, ?)"
              + " ON CONFLICT DO UPDATE SET value = value + excluded.value",
          key.service().wireName(),
          key.location().value(),
          key.counter().name(),
          key.object().map(ObjectVersion::bucket).orElse(""),
          key.object().map(ObjectVersion::key).orElse(""),
          key.object().map(ObjectVersion::versionId).orElse(""),
          delta);
    } else {
      db.update(
          "INSERT INTO series (interval, service, location, counter, bucket, key, version, value)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
          interval,
          key.service().wireName(),
          key.location().value(),
          key.counter().name(),
          key.object().map(ObjectVersion::bucket).orElse(""),
          key.object().map(ObjectVersion::key).orElse(""),
          key.object().map(ObjectVersion::versionId).orElse(""),
          delta);
    }
  }

  @Override
  public void addTimes(Map<LocationName, TimeHistogram> times, Instant at) {
    if (times.isEmpty()) {
      return;
    }
    Map<LocationName, TimeHistogram> copy = Map.copyOf(times);
    long interval = CounterStore.intervalStart(at).getEpochSecond();
    submit(
        db -> {
          int added = 0;
          for (Map.Entry<LocationName, TimeHistogram> one : copy.entrySet()) {
            added += StoredTimes.add(db, one.getKey(), interval, one.getValue());
          }
          return sweep(db, interval, added);
        });
  }

  @Override
  public List<TimeHistogram> times(List<LocationName> locations, Instant now, int intervals) {
    requireIntervals(intervals);
    long newest = CounterStore.intervalStart(now).getEpochSecond();
    AskedTimes asked = new AskedTimes(List.copyOf(locations), newest, intervals);
    return times.get(asked, () -> readTimes(asked));
  }

  private List<TimeHistogram> readTimes(AskedTimes asked) {
    flush();
    return readers.read(
        db -> {
          List<TimeHistogram> all = new ArrayList<>(asked.locations().size());
          for (LocationName location : asked.locations()) {
            all.add(StoredTimes.read(db, location, asked.newest(), asked.intervals()));
          }
          return List.copyOf(all);
        });
  }

  private static void requireIntervals(int intervals) {
    if (intervals < 1 || intervals > INTERVALS) {
      throw new IllegalArgumentException(
          "intervals must be from 1 to " + INTERVALS + ", was " + intervals);
    }
  }

  private static int sweep(Db db, long interval, int added) throws SQLException {
    return db.update(
        "DELETE FROM series WHERE interval <= ? ORDER BY interval LIMIT ?",
        interval - (long) INTERVALS * INTERVAL_SECONDS,
        Math.max(SWEEP_AT_LEAST, 2 * added));
  }

  @Override
  public List<Long> gauges(List<CounterKey> keys) {
    List<CounterKey> asked = List.copyOf(keys);
    return gauges.get(asked, () -> readGauges(asked));
  }

  private List<Long> readGauges(List<CounterKey> keys) {
    flush();
    return readers.read(
        db -> {
          List<Long> values = new ArrayList<>(keys.size());
          for (CounterKey key : keys) {
            values.add(
                db.first(
                        "SELECT value FROM gauge WHERE" + OF_KEY, row -> row.getLong(1), names(key))
                    .orElse(0L));
          }
          return List.copyOf(values);
        });
  }

  @Override
  public List<long[]> series(List<CounterKey> keys, Instant now, int intervals) {
    requireIntervals(intervals);
    long newest = CounterStore.intervalStart(now).getEpochSecond();
    Asked asked = new Asked(List.copyOf(keys), newest, intervals);
    return series.get(asked, () -> readSeries(asked)).stream().map(long[]::clone).toList();
  }

  private List<long[]> readSeries(Asked asked) {
    flush();
    return readers.read(
        db -> {
          List<long[]> all = new ArrayList<>(asked.keys().size());
          for (CounterKey key : asked.keys()) {
            all.add(series(db, key, asked.newest(), asked.intervals()));
          }
          return all;
        });
  }

  /**
   * One look per interval: the table stands by interval, so a range of them would read every other
   * counter too.
   */
  private static long[] series(Db db, CounterKey key, long newest, int intervals)
      throws SQLException {
    long[] values = new long[intervals];
    Object[] names = names(key);
    Object[] arguments = new Object[names.length + 1];
    System.arraycopy(names, 0, arguments, 1, names.length);
    for (int i = 0; i < intervals; i++) {
      arguments[0] = newest - (long) i * INTERVAL_SECONDS;
      values[i] =
          db.first(
                  "SELECT value FROM series WHERE interval = ? AND" + OF_KEY,
                  row -> row.getLong(1),
                  arguments)
              .orElse(0L);
    }
    return values;
  }

  private static Object[] names(CounterKey key) {
    return new Object[] {
      key.service().wireName(),
      key.location().value(),
      key.counter().name(),
      key.object().map(ObjectVersion::bucket).orElse(""),
      key.object().map(ObjectVersion::key).orElse(""),
      key.object().map(ObjectVersion::versionId).orElse("")
    };
  }
}
