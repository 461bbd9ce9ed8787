package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A retry that was queued.
 *
 * @param object which version
 * @param location where
 * @param size content length in bytes
 * @param lastModified when the version was written
 * @param status the status it has now: always PENDING
 */
public record RetryResult(
    ObjectVersion object,
    LocationName location,
    long size,
    Instant lastModified,
    SiteStatus status) {
  /** Checks that nothing is null. */
  public RetryResult {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(lastModified, "lastModified");
    Objects.requireNonNull(status, "status");
  }
}
