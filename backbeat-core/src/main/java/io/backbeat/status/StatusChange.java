package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.StatusEvent;
import java.util.Objects;

/**
 * Asks to move the status of one version at one location.
 *
 * @param object which version
 * @param location where
 * @param revision the change applies only if this is still the version's revision
 * @param event what happened
 * @param dataStoreVersionId the version id the destination gave to its copy; empty to keep what is
 *     stored
 */
public record StatusChange(
    ObjectVersion object,
    LocationName location,
    String revision,
    StatusEvent event,
    String dataStoreVersionId) {
  /** Checks that nothing is null. */
  public StatusChange {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(dataStoreVersionId, "dataStoreVersionId");
  }
}
