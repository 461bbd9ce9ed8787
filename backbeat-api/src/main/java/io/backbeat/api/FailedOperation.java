package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A job that failed and waits for a decision.
 *
 * <p>Wire names of the fields the original has: {@code Bucket, Key, VersionId, StorageClass, Size,
 * LastModified}.
 *
 * @param object which version
 * @param location where it could not be brought to
 * @param size content length in bytes
 * @param lastModified when the version was written, or its tags or retention if those are what
 *     could not be brought there
 * @param attempts attempts made
 * @param firstFailure when the first attempt failed
 * @param lastFailure when the last attempt failed
 * @param errorClass a short, stable name of the kind of error
 * @param message what happened, for people
 */
public record FailedOperation(
    ObjectVersion object,
    LocationName location,
    long size,
    Instant lastModified,
    int attempts,
    Instant firstFailure,
    Instant lastFailure,
    String errorClass,
    String message) {
  /** Checks sizes and that nothing is null. */
  public FailedOperation {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
    Checks.notNegative(size, "size");
    Objects.requireNonNull(lastModified, "lastModified");
    Checks.notNegative(attempts, "attempts");
    Objects.requireNonNull(firstFailure, "firstFailure");
    Objects.requireNonNull(lastFailure, "lastFailure");
    Objects.requireNonNull(errorClass, "errorClass");
    Objects.requireNonNull(message, "message");
  }
}
