package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import java.util.Optional;

/**
 * Makes the replication job of a version from its current metadata, for versions whose job is not
 * in the ledger any more.
 */
@FunctionalInterface
public interface JobSource {
  /**
   * The job that brings a version to a location.
   *
   * @return empty if there is no such version, or it is not to be replicated there
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the metadata cannot be read; a
   *     retry may help. An outage never reads as "no such version"
   */
  Optional<Job> jobFor(ObjectVersion object, LocationName location);
}
