package io.backbeat.log;

import java.time.Duration;
import java.util.List;

/**
 * Reads the log of metadata changes. Port; read by one thread at a time.
 *
 * <p>The log may leave out a state that a newer change of the same key has replaced; it never
 * leaves out the newest state.
 */
public interface MetadataLog extends AutoCloseable {
  /** The name under which positions of this log are kept; stable over restarts. */
  String name();

  /**
   * Reads what follows a position.
   *
   * @param from {@link LogPosition#BEGINNING} or the {@code next} of an earlier batch, also one of
   *     an earlier process
   * @param maxEntries at most so many entries, at least 1
   * @param wait how long to wait for a first entry; zero returns at once
   * @return an empty batch if there is nothing new
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the log does not answer; a retry
   *     may help and loses nothing
   */
  LogBatch read(LogPosition from, int maxEntries, Duration wait);

  /** Entries between a position and the end of the log; an estimate is allowed. */
  long lag(LogPosition from);

  /**
   * Parts of the log that were gone before they could be read, the latest last; a log that keeps
   * everything has none. Remembered by the process that noticed.
   */
  default List<LostRange> lost() {
    return List.of();
  }

  /** Releases what the log holds open. Idempotent. */
  @Override
  void close();
}
