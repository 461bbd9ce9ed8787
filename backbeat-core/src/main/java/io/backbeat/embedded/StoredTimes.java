package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Histograms of replication times in the table of the series: a row for each bucket that is not
 * empty, whose number stands where counters of objects have the key.
 */
final class StoredTimes {
  /** No counter is called so. */
  private static final String COUNTER = "TIMES";

  private StoredTimes() {}

  /** Adds the buckets; returns how many. */
  static int add(Db db, LocationName location, long interval, TimeHistogram times)
      throws SQLException {
    Map<Integer, Long> counts = times.counts();
    for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
      db.update(
          "INSERT INTO series (interval, service, location, counter, bucket, key, version, value)"
              + " VALUES (?, ?, ?, ?, '', ?, '', ?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
          interval,
          ServiceName.REPLICATION.wireName(),
          location.value(),
          COUNTER,
          bucket.getKey().toString(),
          bucket.getValue());
    }
    return counts.size();
  }

  /** One look per interval, in whose order the table stands. */
  static TimeHistogram read(Db db, LocationName location, long newest, int intervals)
      throws SQLException {
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < intervals; i++) {
      db.list(
          "SELECT key, value FROM series WHERE interval = ? AND service = ? AND location = ?"
              + " AND counter = ? AND bucket = ''",
          row -> counts.merge(Integer.valueOf(row.getString(1)), row.getLong(2), Long::sum),
          newest - (long) i * CounterStore.INTERVAL_SECONDS,
          ServiceName.REPLICATION.wireName(),
          location.value(),
          COUNTER);
    }
    return TimeHistogram.of(counts);
  }
}
