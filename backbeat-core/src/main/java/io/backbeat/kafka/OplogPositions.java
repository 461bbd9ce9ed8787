package io.backbeat.kafka;

import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.Optional;

/**
 * Positions in the topic of the metadata log as what they are there: committed offsets of the
 * populators' group, so that processes of the original and ours take over from each other. (The
 * original commits what it has read, not what it has queued, and loses a batch in a crash.)
 *
 * <p>It keeps the positions of that one log only. Saving commits the partitions this process has;
 * those of others are theirs to commit. Saving fails, and a retry after the next read helps, while
 * the group deals out its partitions. Thread-safe.
 */
public final class OplogPositions implements LogPositionStore {
  private final OplogTopic log;

  /** Positions of a log. */
  public OplogPositions(OplogTopic log) {
    this.log = log;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is another log's name
   */
  @Override
  public Optional<LogPosition> load(String logName) {
    check(logName);
    return log.committed();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is another log's name
   */
  @Override
  public void save(String logName, LogPosition position) {
    check(logName);
    log.commit(position);
  }

  private void check(String logName) {
    if (!logName.equals(log.name())) {
      throw new IllegalArgumentException(
          "committed offsets are positions of the log " + log.name() + " only, not of " + logName);
    }
  }
}
