package io.backbeat.api;

import java.util.Objects;

/**
 * One version at one location.
 *
 * @param location the destination
 * @param status where the version stands there
 * @param dataStoreVersionId the version id the destination gave to its copy; empty when it gave
 *     none or has no copy yet
 */
public record SiteReplication(LocationName location, SiteStatus status, String dataStoreVersionId) {
  /** Checks that nothing is null. */
  public SiteReplication {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(dataStoreVersionId, "dataStoreVersionId");
  }
}
