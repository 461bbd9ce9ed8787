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

  /**
   * A job that can be run: the given one, or one from the current metadata if the given one came
   * without payload, as that of a failure which another program told of. A job made anew has the
   * revision of the metadata, and the attempts of the given one.
   *
   * @return empty if the job has no payload and there is none for it, as for {@link #jobFor}
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR as for {@link #jobFor}
   */
  default Optional<Job> complete(Job job) {
    boolean whole = !job.payload().isEmpty() || !job.key().type().tracksStatus();
    return whole
        ? Optional.of(job)
        : jobFor(job.object(), job.location()).map(made -> made.withAttempt(job.attempt()));
  }
}
