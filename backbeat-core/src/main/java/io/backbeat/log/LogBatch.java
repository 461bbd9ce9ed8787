package io.backbeat.log;

import java.util.List;
import java.util.Objects;

/**
 * A run of log entries.
 *
 * @param entries in log order; may be empty
 * @param unreadable records of the run that are no entries at all
 * @param next where to read on once the batch is dealt with
 */
public record LogBatch(
    List<LogEntry> entries, List<QuarantinedEntry> unreadable, LogPosition next) {
  /** Copies the lists. */
  public LogBatch {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
    Objects.requireNonNull(next, "next");
  }

  /** Whether there is nothing to deal with. */
  public boolean isEmpty() {
    return entries.isEmpty() && unreadable.isEmpty();
  }
}
