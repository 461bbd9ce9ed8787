package io.backbeat.log;

import java.time.Instant;
import java.util.Objects;

/**
 * A record that could not be understood, set aside so that the loop goes on.
 *
 * @param position where it stood in the log
 * @param bucket the bucket if it could be read, else empty
 * @param key the key if it could be read, else empty
 * @param value its bytes as they were. Not copied and not to be changed
 * @param reason what is wrong with it and what would be right
 * @param at when it was set aside
 */
@SuppressWarnings("ArrayRecordComponent") // set aside and shown, never compared
public record QuarantinedEntry(
    LogPosition position, String bucket, String key, byte[] value, String reason, Instant at) {
  /** Checks that nothing is null. */
  public QuarantinedEntry {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }
}
