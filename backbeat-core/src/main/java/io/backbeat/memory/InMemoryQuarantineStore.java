package io.backbeat.memory;

import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Quarantined records in memory: as durable as the process. Thread-safe. Holds them all, without a
 * limit of its own.
 */
public final class InMemoryQuarantineStore implements QuarantineStore {
  private final Map<LogPosition, QuarantinedEntry> entries = new LinkedHashMap<>();

  /** Creates an empty store. */
  public InMemoryQuarantineStore() {}

  @Override
  public synchronized void add(List<QuarantinedEntry> added) {
    added.forEach(entry -> entries.put(entry.position(), entry));
  }

  @Override
  public synchronized List<QuarantinedEntry> list(int limit) {
    return entries.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<QuarantinedEntry> find(LogPosition position) {
    return Optional.ofNullable(entries.get(position));
  }

  @Override
  public synchronized long count() {
    return entries.size();
  }

  @Override
  public synchronized boolean remove(LogPosition position) {
    return entries.remove(position) != null;
  }
}
