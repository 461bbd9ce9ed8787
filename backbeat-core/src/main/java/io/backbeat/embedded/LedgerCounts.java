package io.backbeat.embedded;

import io.backbeat.status.JobState;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many ledger entries came and went in one piece of work. Written once at its end, so that
 * reading the counts never means counting the ledger.
 */
final class LedgerCounts {
  private record Key(long type, long location, JobState state) {}

  private final Map<Key, Long> deltas = new HashMap<>();

  void added(long type, long location, JobState state) {
    deltas.merge(new Key(type, location, state), 1L, Long::sum);
  }

  void removed(long type, long location, JobState state) {
    deltas.merge(new Key(type, location, state), -1L, Long::sum);
  }

  void write(Db db) throws SQLException {
    for (Map.Entry<Key, Long> delta : deltas.entrySet()) {
      if (delta.getValue() != 0) {
        db.update(
            "INSERT INTO ledger_count (type, location, state, entries) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            delta.getKey().type(),
            delta.getKey().location(),
            delta.getKey().state().name(),
            delta.getValue());
      }
    }
  }
}
