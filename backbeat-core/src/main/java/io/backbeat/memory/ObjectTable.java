package io.backbeat.memory;

import io.backbeat.api.ObjectVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest state of every version, by version, by bucket and by when it was written, which makes
 * it a compacted log. Not thread-safe: its users share {@link #lock}.
 */
final class ObjectTable {
  /** Guards this table and its rows. */
  final Object lock = new Object();

  private final Map<ObjectVersion, ObjectRow> rows = new HashMap<>();
  private final NavigableMap<Long, ObjectRow> log = new TreeMap<>();
  private final NavigableMap<String, NavigableMap<ObjectVersion, ObjectRow>> buckets =
      new TreeMap<>(Utf8Order::compare);
  private long lastSequence;

  long nextSequence() {
    return ++lastSequence;
  }

  /** The version, unless it was deleted. */
  Optional<ObjectRow> find(ObjectVersion object) {
    return Optional.ofNullable(rows.get(object)).filter(row -> !row.deleted());
  }

  void put(ObjectRow row) {
    ObjectRow replaced = rows.put(row.object, row);
    if (replaced != null) {
      log.remove(replaced.sequence);
    }
    log.put(row.sequence, row);
    if (row.deleted()) {
      bucket(row.object.bucket()).remove(row.object);
    } else {
      buckets
          .computeIfAbsent(row.object.bucket(), name -> new TreeMap<>(Utf8Order.BY_KEY))
          .put(row.object, row);
    }
  }

  List<ObjectRow> after(long sequence, int limit) {
    // No stream and no copy constructor: both ask the view for its size, which counts all of the
    // tail.
    List<ObjectRow> rows = new ArrayList<>();
    for (ObjectRow row : log.tailMap(sequence, false).values()) {
      if (rows.size() == limit) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  /**
   * At least as many rows as there are after a sequence number, and none exactly if there is none.
   */
  long countAfter(long sequence) {
    return Math.min(Math.max(0, lastSequence - sequence), log.size());
  }

  /** What a bucket holds behind a key and from a prefix on, in order. */
  Collection<ObjectRow> behind(String bucketName, String prefix, String key) {
    NavigableMap<ObjectVersion, ObjectRow> all = bucket(bucketName);
    String nextKey = key.isEmpty() ? "" : key + '\0';
    String first = Utf8Order.compare(prefix, nextKey) > 0 ? prefix : nextKey;
    return first.isEmpty()
        ? all.values()
        : all.tailMap(ObjectVersion.unversioned(bucketName, first), true).values();
  }

  List<String> bucketsBehind(String name, int limit) {
    return buckets.tailMap(name, false).keySet().stream().limit(limit).toList();
  }

  private NavigableMap<ObjectVersion, ObjectRow> bucket(String name) {
    return buckets.getOrDefault(name, new TreeMap<>(Utf8Order.BY_KEY));
  }
}
