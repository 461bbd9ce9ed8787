package io.backbeat.bulk;

import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.LocationName;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.log.MetadataJournal;
import io.backbeat.queue.JobQueue;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobRetry;
import io.backbeat.status.JobSource;
import io.backbeat.status.JobState;
import io.backbeat.status.MissingJob;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What tasks go through, and how what they find is queued.
 *
 * @param journal lists objects
 * @param statuses tells where versions stand
 * @param ledger has the jobs of versions, and the failures
 * @param queue tells whether anything waits
 * @param source makes the jobs of what has none
 * @param retry queues
 * @param destinations the configured destinations of replication
 * @param coldSources locations whose data cannot be read at once
 * @param transientSources locations whose data is deleted once every destination has it
 * @param lostAfter how old a version is whose queued job may be taken for lost
 */
public record BulkWalks(
    MetadataJournal journal,
    StatusStore statuses,
    FailedJobStore ledger,
    JobQueue queue,
    JobSource source,
    JobRetry retry,
    List<LocationName> destinations,
    Set<LocationName> coldSources,
    Set<LocationName> transientSources,
    Duration lostAfter) {
  /** Copies the collections. */
  public BulkWalks {
    destinations = List.copyOf(destinations);
    coldSources = Set.copyOf(coldSources);
    transientSources = Set.copyOf(transientSources);
  }

  /** The walk of a task. */
  BulkWalk of(BulkTask task) {
    if (task.request() instanceof BulkRequest.Retry failures) {
      return new FailureWalk(failures, destinations, ledger);
    }
    BulkRequest.Resync resync = (BulkRequest.Resync) task.request();
    return new ResyncWalk(
        new ResyncRules(
            resync,
            Set.copyOf(destinations),
            coldSources,
            transientSources,
            task.createdAt().minus(lostAfter)),
        journal,
        statuses,
        ledger,
        queue);
  }

  /**
   * Queues what a step has found, and has statuses tell what the ledger knows.
   *
   * @return how many operations
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer: some may
   *     be queued; looking again leaves those out
   */
  int queue(Found found) {
    List<MissingJob> jobs =
        found.missing().stream().flatMap(missing -> job(missing).stream()).toList();
    int queued = retry.retry(found.retries()).size() + retry.submit(jobs);
    List<StatusChange> corrections =
        found.corrections().stream().filter(this::isStillFailed).toList();
    if (!corrections.isEmpty()) {
      statuses.apply(corrections);
    }
    return queued;
  }

  /**
   * Looked at again right before the write, for an operator may have asked for a retry. Should one
   * ask in between, the job ends the wrong status.
   */
  private boolean isStillFailed(StatusChange correction) {
    return ledger
        .find(new JobKey(JobType.REPLICATION, correction.object(), correction.location()))
        .filter(entry -> entry.state() == JobState.FAILED)
        .filter(entry -> entry.job().revision().equals(correction.revision()))
        .isPresent();
  }

  /** Nothing for a version that is gone or was written again meanwhile: that has a job. */
  private Optional<MissingJob> job(Found.Missing missing) {
    return source
        .jobFor(missing.object(), missing.location())
        .filter(job -> job.revision().equals(missing.revision()))
        .map(job -> new MissingJob(job, missing.status(), missing.recorded()));
  }
}
