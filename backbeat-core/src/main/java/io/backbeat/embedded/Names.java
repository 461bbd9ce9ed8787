package io.backbeat.embedded;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the names of job types and locations. Owned by the writer's thread; there are few
 * names, and they never change.
 */
final class Names {
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> texts = new HashMap<>();

  /** The number of a name, given now if it has none. */
  long id(Db db, String name) throws SQLException {
    Long known = ids.get(name);
    if (known != null) {
      return known;
    }
    long id = db.number("SELECT id FROM name WHERE text = ?", name);
    if (id < 0) {
      id = db.number("INSERT INTO name (text) VALUES (?) RETURNING id", name);
    }
    ids.put(name, id);
    texts.put(id, name);
    return id;
  }

  /** The name of a number that a row has. */
  String text(Db db, long id) throws SQLException {
    String known = texts.get(id);
    if (known != null) {
      return known;
    }
    String text =
        db.first("SELECT text FROM name WHERE id = ?", row -> row.getString(1), id).orElseThrow();
    texts.put(id, text);
    return text;
  }

  /** Forgets everything, because some of it may not have become true. */
  void reset() {
    ids.clear();
    texts.clear();
  }
}
