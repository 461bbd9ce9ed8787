package io.backbeat.mongodb;

import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.QuarantinedEntry;
import java.util.ArrayList;
import java.util.List;

/** A batch that is being put together. */
final class Gathered {
  /** When a batch is full whatever its entries are; one more entry, or some, may be in it. */
  static final long FULL_BYTES = 16L << 20;

  /** How many documents to ask for at once, not knowing how large they are. */
  static final int DOCUMENTS_AT_ONCE = 32;

  private final List<LogEntry> entries = new ArrayList<>();
  private final List<QuarantinedEntry> unreadable = new ArrayList<>();

  private long bytes;

  void add(LogEntry entry) {
    bytes += entry.value().length;
    entries.add(entry);
  }

  void add(QuarantinedEntry record) {
    bytes += record.value().length;
    unreadable.add(record);
  }

  void clear() {
    entries.clear();
    unreadable.clear();
    bytes = 0;
  }

  /** Whether memory is a reason to stop here. */
  boolean isFull() {
    return bytes >= FULL_BYTES;
  }

  int size() {
    return entries.size() + unreadable.size();
  }

  LogBatch upTo(JournalPosition next) {
    return new LogBatch(entries, unreadable, next.toLogPosition());
  }
}
