package io.backbeat.log;

import java.util.Optional;

/** Keeps how far each log has been turned into queued jobs. Port; thread-safe. */
public interface LogPositionStore {
  /** The last position saved under a log's name. */
  Optional<LogPosition> load(String logName);

  /**
   * Saves a position; durable on return. Called only after all jobs before it are queued.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a retry
   *     is safe. CONFLICT if the store compares, and another process has saved a position since
   *     this one loaded or saved its last; nothing was changed, and {@link #load} tells the newer
   *     one
   */
  void save(String logName, LogPosition position);
}
