package io.backbeat.queue;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of one key in their order. Exists only while it has some; the first is the one that
 * runs or runs next. Not thread-safe: {@link KeyedExecutor} guards it with its lock, except that
 * the worker of a running line may read its first task.
 */
final class KeyLine {
  private static final class Entry {
    final KeyedExecutor.Task task;
    final long bytes;
    @Nullable Entry next;

    Entry(KeyedExecutor.Task task, long bytes) {
      this.task = task;
      this.bytes = bytes;
    }
  }

  final String key;
  private Entry first;
  private Entry last;
  private boolean running;
  private long limitCallsAtStart;

  KeyLine(String key, KeyedExecutor.Task task, long bytes) {
    this.key = key;
    first = new Entry(task, bytes);
    last = first;
  }

  void append(KeyedExecutor.Task task, long bytes) {
    var entry = new Entry(task, bytes);
    last.next = entry;
    last = entry;
  }

  KeyedExecutor.Task firstTask() {
    return first.task;
  }

  long firstBytes() {
    return first.bytes;
  }

  /** Drops the first task; false if it was the only one, and the line is to be thrown away. */
  boolean removeFirst() {
    Entry next = first.next;
    if (next == null) {
      return false;
    }
    first = next;
    return true;
  }

  /** Drops all but the first task. */
  void keepFirst() {
    first.next = null;
    last = first;
  }

  void started(long limitCalls) {
    running = true;
    limitCallsAtStart = limitCalls;
  }

  void ended() {
    running = false;
  }

  boolean running() {
    return running;
  }

  /** The number of calls of {@code limit} when the first task was started. */
  long limitCallsAtStart() {
    return limitCallsAtStart;
  }
}
