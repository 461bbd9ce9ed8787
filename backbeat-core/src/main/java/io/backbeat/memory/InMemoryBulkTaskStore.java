package io.backbeat.memory;

import io.backbeat.bulk.BulkTaskStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bulk tasks in memory: as durable as the process. Thread-safe. */
public final class InMemoryBulkTaskStore implements BulkTaskStore {
  private final Map<String, Stored> tasks = new HashMap<>();

  /** Creates an empty store. */
  public InMemoryBulkTaskStore() {}

  @Override
  public synchronized List<Stored> list() {
    return List.copyOf(tasks.values());
  }

  @Override
  public synchronized Optional<Stored> load(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  @Override
  public synchronized boolean compareAndSet(String id, long expectedRevision, String document) {
    if (revision(id) != expectedRevision) {
      return false;
    }
    tasks.put(id, new Stored(id, document, expectedRevision + 1));
    return true;
  }

  @Override
  public synchronized boolean remove(String id, long expectedRevision) {
    if (expectedRevision == 0 || revision(id) != expectedRevision) {
      return false;
    }
    tasks.remove(id);
    return true;
  }

  private long revision(String id) {
    Stored stored = tasks.get(id);
    return stored == null ? 0 : stored.revision();
  }
}
