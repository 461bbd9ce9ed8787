package io.backbeat.memory;

import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Log positions in memory: as durable as the process. Thread-safe. */
public final class InMemoryLogPositionStore implements LogPositionStore {
  private final Map<String, LogPosition> positions = new ConcurrentHashMap<>();

  /** Creates an empty store. */
  public InMemoryLogPositionStore() {}

  @Override
  public Optional<LogPosition> load(String logName) {
    return Optional.ofNullable(positions.get(logName));
  }

  @Override
  public void save(String logName, LogPosition position) {
    positions.put(logName, position);
  }
}
