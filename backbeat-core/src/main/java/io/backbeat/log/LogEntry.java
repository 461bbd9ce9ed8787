package io.backbeat.log;

import java.time.Instant;
import java.util.Objects;

/**
 * One record of a metadata log.
 *
 * @param position where it stands
 * @param operation what happened to the key
 * @param bucket the bucket
 * @param key the key as stored: object key, then {@code \0} and the version id for a version key
 * @param value the metadata as UTF-8 JSON; empty for a delete without metadata. Not copied and not
 *     to be changed
 * @param timestamp when the log recorded it
 */
@SuppressWarnings(
    "ArrayRecordComponent") // entries are passed on, never compared; copying 2 KB an entry is what
// limits the planner
public record LogEntry(
    LogPosition position,
    Operation operation,
    String bucket,
    String key,
    byte[] value,
    Instant timestamp) {
  /** What happened to a key. */
  public enum Operation {
    /** Created or changed. */
    PUT,
    /** Removed. */
    DELETE,
    /** Something that no rule knows. */
    OTHER
  }

  /** Checks that nothing is null. */
  public LogEntry {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(timestamp, "timestamp");
  }
}
