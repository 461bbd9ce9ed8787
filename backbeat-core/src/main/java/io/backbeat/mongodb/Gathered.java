package io.backbeat.mongodb;

import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.QuarantinedEntry;
import java.util.ArrayList;
import java.util.List;

/** A batch that is being put together. */
final class Gathered {
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<QuarantinedEntry> unreadable = new ArrayList<>();

  void add(LogEntry entry) {
    entries.add(entry);
  }

  void add(QuarantinedEntry record) {
    unreadable.add(record);
  }

  void clear() {
    entries.clear();
    unreadable.clear();
  }

  int size() {
    return entries.size() + unreadable.size();
  }

  LogBatch upTo(JournalPosition next) {
    return new LogBatch(entries, unreadable, next.toLogPosition());
  }
}
