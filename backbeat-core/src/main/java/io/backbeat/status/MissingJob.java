package io.backbeat.status;

import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import java.util.Objects;
import java.util.Optional;

/**
 * A job that is to be queued because no queue has it.
 *
 * @param job made from the current metadata
 * @param status where the version stands at the location: PENDING if its job was lost, FAILED if
 *     the failure is not recorded, COMPLETED if it is to be copied again
 * @param recorded what the ledger has under the key of the job: a job of an older revision, or this
 *     one, which its queue has lost; usually nothing
 */
public record MissingJob(Job job, SiteStatus status, Optional<LedgerEntry> recorded) {
  /** Checks that nothing is null. */
  public MissingJob {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(recorded, "recorded");
  }

  /** Whether the ledger has an entry that only a freshly queued one replaces. */
  boolean replacesOlder() {
    return recorded.filter(entry -> !entry.job().revision().equals(job.revision())).isPresent();
  }

  /** What the ledger knows of failures of this very job. */
  Optional<LedgerEntry.Failure> failure() {
    return recorded
        .filter(entry -> entry.job().revision().equals(job.revision()))
        .flatMap(LedgerEntry::failure);
  }
}
