package io.backbeat.status;

import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import java.util.Optional;

/**
 * A job that was delivered and need not be done.
 *
 * @param job the job
 * @param reason why, for people
 * @param versionCompleted whether its version has reached all its destinations
 * @param completed whether the version has reached the job's location
 */
public record NeedlessJob(Job job, String reason, boolean versionCompleted, boolean completed) {
  /** One that is not needed for another reason than having been done. */
  public NeedlessJob(Job job, String reason) {
    this(job, reason, false, false);
  }

  /**
   * Compares a delivered job with the stored status of its version. Pure.
   *
   * @param stored the stored status; empty if the version is not known
   * @return why the job need not be done, or empty if it is to be run
   */
  public static Optional<NeedlessJob> check(Job job, Optional<TrackedStatus> stored) {
    if (stored.isEmpty()) {
      return Optional.of(new NeedlessJob(job, "the version is gone"));
    }
    TrackedStatus current = stored.get();
    if (!current.revision().equals(job.revision())) {
      return Optional.of(new NeedlessJob(job, "superseded by revision " + current.revision()));
    }
    Optional<SiteReplication> site = current.at(job.location());
    if (site.isEmpty()) {
      return Optional.of(new NeedlessJob(job, "not replicated to " + job.location()));
    }
    SiteStatus status = site.get().status();
    if (status == SiteStatus.COMPLETED || status == SiteStatus.REPLICA) {
      boolean all = current.status().overall() == OverallStatus.COMPLETED;
      return Optional.of(new NeedlessJob(job, "already " + status, all, true));
    }
    return Optional.empty();
  }

  /**
   * Compares a delivered garbage collection with the stored status of its version: a newer change
   * may still need the same data. Pure. A version that is not known any more is collected, because
   * nothing else will. So is a job without revision: somebody else asked for it, for a reason that
   * the status does not tell, and its handler has to look.
   *
   * @return why the data must stay, or empty if the job is to be run
   */
  public static Optional<NeedlessJob> checkCollection(Job job, Optional<TrackedStatus> stored) {
    if (stored.isEmpty() || job.revision().isEmpty()) {
      return Optional.empty();
    }
    TrackedStatus current = stored.get();
    if (!current.revision().equals(job.revision())) {
      return Optional.of(new NeedlessJob(job, "superseded by revision " + current.revision()));
    }
    OverallStatus overall = current.status().overall();
    return overall == OverallStatus.COMPLETED
        ? Optional.empty()
        : Optional.of(new NeedlessJob(job, "the version is " + overall + " again"));
  }
}
