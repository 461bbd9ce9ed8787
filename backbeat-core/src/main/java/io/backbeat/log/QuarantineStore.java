package io.backbeat.log;

import java.util.List;
import java.util.Optional;

/** Keeps records that could not be understood, until someone deals with them. Port; thread-safe. */
public interface QuarantineStore {
  /**
   * Sets records aside; durable on return. A record of a log position that is set aside already is
   * replaced.
   */
  void add(List<QuarantinedEntry> entries);

  /** Quarantined records in the order they were set aside, at most {@code limit}. */
  List<QuarantinedEntry> list(int limit);

  /** The record of a position. */
  Optional<QuarantinedEntry> find(LogPosition position);

  /** How many there are. */
  long count();

  /** Removes a record after it was dealt with; durable on return. False if there was none. */
  boolean remove(LogPosition position);
}
