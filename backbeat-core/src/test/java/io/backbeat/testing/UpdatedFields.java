package io.backbeat.testing;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an update changed, as a change stream tells it: the paths that its operators name, where
 * their values differ.
 *
 * @param replace whether the whole document was given
 * @param updated new values by path
 * @param removed paths that are gone
 */
record UpdatedFields(boolean replace, Document updated, List<String> removed) {
  static UpdatedFields of(Document update, Document before, Document after) {
    boolean replace = update.keySet().stream().noneMatch(key -> key.startsWith("$"));
    Document updated = new Document();
    List<String> removed = new ArrayList<>();
    if (replace) {
      if (!before.equals(after)) {
        updated.putAll(after);
      }
      return new UpdatedFields(true, updated, removed);
    }
    for (Map.Entry<String, Object> operator : update.entrySet()) {
      if (operator.getKey().equals("$setOnInsert")
          || !(operator.getValue() instanceof Document paths)) {
        continue;
      }
      for (String path : paths.keySet()) {
        Object old = Utils.getSubdocumentValue(before, path);
        Object now = Utils.getSubdocumentValue(after, path);
        if (now instanceof Missing) {
          if (!(old instanceof Missing)) {
            removed.add(path);
          }
        } else if (!Objects.equals(old, now)) {
          updated.put(path, now);
        }
      }
    }
    return new UpdatedFields(false, updated, removed);
  }

  boolean isEmpty() {
    return updated.isEmpty() && removed.isEmpty();
  }
}
