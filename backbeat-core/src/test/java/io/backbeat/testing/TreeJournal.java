package io.backbeat.testing;

import io.backbeat.api.ObjectVersion;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The journal part of a {@link MetadataJournal}, for unversioned objects of one bucket: keeps what
 * was appended, has no log.
 */
public final class TreeJournal implements MetadataJournal {
  /** Every change in order. */
  public final List<MetadataChange> changes = new ArrayList<>();

  /** The size of every batch that was appended. */
  public final List<Integer> batches = new ArrayList<>();

  private final TreeMap<String, JournaledObject> objects =
      new TreeMap<>((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
  private final Map<String, String> current = new TreeMap<>();

  @Override
  public synchronized void append(List<MetadataChange> more) {
    batches.add(more.size());
    for (MetadataChange change : more) {
      changes.add(change);
      String key = change.object().key();
      current.remove(key);
      if (change instanceof MetadataChange.Put put) {
        objects.put(
            key,
            new JournaledObject(put.object(), Integer.toString(changes.size()), put.metadata()));
      } else {
        objects.remove(key);
      }
    }
  }

  /** Says what {@link #find} gives from now on, as when statuses moved. */
  public synchronized void current(String key, String metadata) {
    current.put(key, metadata);
  }

  @Override
  public synchronized Optional<String> find(ObjectVersion object) {
    return Optional.ofNullable(objects.get(object.key()))
        .map(journaled -> current.getOrDefault(object.key(), journaled.metadata()));
  }

  @Override
  public synchronized List<JournaledObject> list(
      String bucket, String prefix, String after, int limit) {
    return objects.tailMap(after, false).values().stream()
        .filter(object -> object.object().key().startsWith(prefix))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<String> buckets(String after, int limit) {
    return objects.values().stream()
        .map(object -> object.object().bucket())
        .filter(bucket -> bucket.compareTo(after) > 0)
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }

  /** The keys in the order of the journal. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  @Override
  public String name() {
    return "tree";
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    return new LogBatch(List.of(), List.of(), from);
  }

  @Override
  public long lag(LogPosition from) {
    return 0;
  }

  @Override
  public void close() {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
