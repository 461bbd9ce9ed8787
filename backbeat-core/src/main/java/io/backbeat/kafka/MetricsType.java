package io.backbeat.kafka;

import org.jspecify.annotations.Nullable;

/** What a message of the metrics topic tells. */
enum MetricsType {
  /** Operations were queued: they are pending. For an object: its bytes were announced. */
  QUEUED("queued"),
  /** Operations were completed: they are not pending any more. For an object: bytes were moved. */
  COMPLETED("completed"),
  /** Operations failed for good: they are not pending any more. */
  FAILED("failed"),
  /** Operations are pending, or with a negative sign are not any more, and nothing else. */
  PENDING_ONLY("pendingOnly");

  private static final MetricsType[] ALL = values();

  private final String wireName;

  MetricsType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in messages. */
  String wireName() {
    return wireName;
  }

  /** The type of that name in messages, or null if there is none. */
  static @Nullable MetricsType ofWireName(String name) {
    for (MetricsType type : ALL) {
      if (type.wireName.equals(name)) {
        return type;
      }
    }
    return null;
  }
}
