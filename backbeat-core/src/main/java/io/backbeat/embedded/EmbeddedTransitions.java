package io.backbeat.embedded;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.Transition;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Histories. What is appended goes to the disk together with the next write of anything, within a
 * tenth of a second; each append sweeps away some of what is too old. A history of a location has
 * empty columns in place of the object.
 */
final class EmbeddedTransitions implements TransitionStore {
  /** More than one history makes on average, so that sweeping keeps up. */
  private static final int SWEEP_AT_LEAST = 64;

  private static final int MARKS = 1 << 20;
  private static final String OF_KEY =
      " WHERE bucket = ? AND key = ? AND version = ? AND location = ?";

  private final Writer writer;
  private final Readers readers;

  /**
   * A mark for each history there may be one of, by its hash: most histories that are asked about
   * do not exist, and then nothing is read. Guarded by itself.
   */
  private final BitSet marks = new BitSet(MARKS);

  private boolean marked;

  EmbeddedTransitions(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public void append(Map<HistoryKey, List<Transition>> news, Retention retention) {
    Map<HistoryKey, List<Transition>> copy = Map.copyOf(news);
    if (copy.isEmpty()) {
      return;
    }
    synchronized (marks) {
      copy.keySet().forEach(key -> marks.set(mark(key)));
    }
    Writer.await(
        writer.submitLazily(
            db -> {
              for (Map.Entry<HistoryKey, List<Transition>> history : copy.entrySet()) {
                append(db, history.getKey(), history.getValue(), retention);
              }
              return copy.size();
            }));
  }

  private static void append(Db db, HistoryKey key, List<Transition> added, Retention retention)
      throws SQLException {
    long number = Math.max(0, number(db, "SELECT max(number) FROM transition" + OF_KEY, key));
    for (Transition transition : added) {
      db.update(
          "INSERT INTO transition (bucket, key, version, location, number, at, event, attempts, until,"
              + " error_class, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          bucket(key),
          object(key),
          version(key),
          key.location().value(),
          ++number,
          Millis.of(transition.at()),
          transition.event().name(),
          transition.attempts(),
          transition.until().map(Millis::of).orElse(null),
          Text.lenient(transition.errorClass()),
          Text.lenient(transition.message()));
    }
    db.update(
        "DELETE FROM transition" + OF_KEY + " AND number <= ?",
        bucket(key),
        object(key),
        version(key),
        key.location().value(),
        number - retention.perHistory());
    if (!added.isEmpty()) {
      Instant newest = added.get(added.size() - 1).at();
      db.update(
          "DELETE FROM transition WHERE at < ? ORDER BY at LIMIT ?",
          Millis.of(newest) - retention.age().toMillis(),
          Math.max(SWEEP_AT_LEAST, 2 * added.size()));
    }
  }

  @Override
  public Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> histories) {
    return readers.read(
        db -> {
          Map<HistoryKey, List<Transition>> found = new HashMap<>();
          for (HistoryKey key : histories) {
            List<Transition> history =
                db.list(
                    "SELECT at, event, attempts, until, error_class, message FROM transition"
                        + OF_KEY
                        + " ORDER BY at DESC, number DESC",
                    EmbeddedTransitions::read,
                    bucket(key),
                    object(key),
                    version(key),
                    key.location().value());
            if (!history.isEmpty()) {
              found.put(key, history);
            }
          }
          return found;
        });
  }

  @Override
  public Set<HistoryKey> known(Collection<HistoryKey> histories) {
    List<HistoryKey> likely = marked(histories);
    if (likely.isEmpty()) {
      return Set.of();
    }
    return readers.read(
        db -> {
          Set<HistoryKey> known = new HashSet<>();
          for (HistoryKey key : likely) {
            if (number(db, "SELECT 1 FROM transition" + OF_KEY + " LIMIT 1", key) > 0) {
              known.add(key);
            }
          }
          return known;
        });
  }

  private List<HistoryKey> marked(Collection<HistoryKey> histories) {
    synchronized (marks) {
      if (!marked) {
        readers
            .read(
                db ->
                    db.list(
                        "SELECT DISTINCT bucket, key, version, location FROM transition",
                        row -> row.getString(1) + row.getString(2) + row.getString(3)))
            .forEach(text -> marks.set(mark(text)));
        marked = true;
      }
      return histories.stream().filter(key -> marks.get(mark(key))).toList();
    }
  }

  private static int mark(HistoryKey key) {
    return mark(bucket(key) + object(key) + version(key));
  }

  private static int mark(String text) {
    int hash = text.hashCode() * 0x9E3779B9; // spread to the upper bits, which are taken
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(MARKS));
  }

  private static long number(Db db, String sql, HistoryKey key) throws SQLException {
    return db.number(sql, bucket(key), object(key), version(key), key.location().value());
  }

  private static Transition read(ResultSet row) throws SQLException {
    long until = row.getLong(4);
    Optional<Instant> end =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
    return new Transition(
        Instant.ofEpochMilli(row.getLong(1)),
        Transition.Event.valueOf(row.getString(2)),
        row.getInt(3),
        end,
        row.getString(5),
        row.getString(6));
  }

  private static String bucket(HistoryKey key) {
    return key.object().map(ObjectVersion::bucket).orElse("");
  }

  private static String object(HistoryKey key) {
    return key.object().map(ObjectVersion::key).orElse("");
  }

  private static String version(HistoryKey key) {
    return key.object().map(ObjectVersion::versionId).orElse("");
  }
}
