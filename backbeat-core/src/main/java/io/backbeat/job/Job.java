package io.backbeat.job;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.Objects;

/**
 * A piece of work: do {@code key.type} to one version for one location. Immutable; what happens to
 * it lives in the ledger.
 *
 * @param key what the job is about
 * @param revision which client write of the version asked for it; outcomes of an older revision
 *     never touch a newer one
 * @param bytes content length to be moved, 0 for a metadata-only job
 * @param attempt attempts made before this one, 0 for the first
 * @param createdAt when the client write happened
 * @param payload what the handler needs, opaque to the engine; for replication the JSON text of the
 *     object metadata
 */
public record Job(
    JobKey key, String revision, long bytes, int attempt, Instant createdAt, String payload) {
  /** Checks sizes and that nothing is null. */
  public Job {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(payload, "payload");
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must be >= 0, was " + bytes);
    }
    if (attempt < 0) {
      throw new IllegalArgumentException("attempt must be >= 0, was " + attempt);
    }
  }

  /** The version the job is about. */
  public ObjectVersion object() {
    return key.object();
  }

  /** The location the job is about. */
  public LocationName location() {
    return key.location();
  }

  /** The same job with another number of attempts made. */
  public Job withAttempt(int attemptsMade) {
    return new Job(key, revision, bytes, attemptsMade, createdAt, payload);
  }

  /** The same job without payload, to be looked at. */
  public Job withoutPayload() {
    return new Job(key, revision, bytes, attempt, createdAt, "");
  }

  /** What the job costs in memory, roughly: its texts and a constant. For limits in bytes. */
  public long weight() {
    return 200L + payload.length() + object().key().length();
  }
}
