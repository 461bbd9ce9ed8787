package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import java.util.Objects;
import java.util.Optional;

/**
 * The stored status of a version.
 *
 * @param revision the revision of its last client write
 * @param status its statuses
 */
public record TrackedStatus(String revision, ReplicationStatus status) {
  /** Checks that nothing is null. */
  public TrackedStatus {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(status, "status");
  }

  /** The part of one location. */
  public Optional<SiteReplication> at(LocationName location) {
    return status.sites().stream().filter(s -> s.location().equals(location)).findFirst();
  }
}
