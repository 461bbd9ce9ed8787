package io.backbeat.testing;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Positions that several processes share, each through a view of its own: a save is refused with
 * CONFLICT if another process has saved since the view was last in step. Thread-safe.
 */
public final class SharedPositions {
  private record Versioned(int version, LogPosition position) {}

  private final Map<String, Versioned> saved = new HashMap<>();

  /** Empty. */
  public SharedPositions() {}

  /** What one more process sees. */
  public LogPositionStore view() {
    return new View();
  }

  private final class View implements LogPositionStore {
    private final Map<String, Integer> seen = new HashMap<>();

    @Override
    public Optional<LogPosition> load(String logName) {
      synchronized (saved) {
        Optional<Versioned> now = Optional.ofNullable(saved.get(logName));
        seen.put(logName, now.map(Versioned::version).orElse(0));
        return now.map(Versioned::position);
      }
    }

    @Override
    public void save(String logName, LogPosition position) {
      synchronized (saved) {
        int now = Optional.ofNullable(saved.get(logName)).map(Versioned::version).orElse(0);
        if (now != seen.getOrDefault(logName, 0)) {
          throw new BackbeatException(
              ErrorCode.CONFLICT, "the position of " + logName + " was saved by another process");
        }
        saved.put(logName, new Versioned(now + 1, position));
        seen.put(logName, now + 1);
      }
    }
  }
}
