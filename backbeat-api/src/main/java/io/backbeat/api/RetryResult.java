package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A retry that was queued.
 *
 * @param object which version
 * @param location where
 * @param size content length in bytes
 * @param lastModified when the version was written
 * @param status the status it has now: always PENDING
 * @param role the role of the source in the replication of the version; empty unless the engine is
 *     to tell it
 */
public record RetryResult(
    ObjectVersion object,
    LocationName location,
    long size,
    Instant lastModified,
    SiteStatus status,
    Optional<String> role) {
  /** One without a role. */
  public RetryResult(
      ObjectVersion object,
      LocationName location,
      long size,
      Instant lastModified,
      SiteStatus status) {
    this(object, location, size, lastModified, status, Optional.empty());
  }

  /** Checks that nothing is null. */
  public RetryResult {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(lastModified, "lastModified");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(role, "role");
  }
}
