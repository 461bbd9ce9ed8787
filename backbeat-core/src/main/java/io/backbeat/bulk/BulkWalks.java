package io.backbeat.bulk;

import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.LocationName;
import io.backbeat.log.MetadataJournal;
import io.backbeat.queue.JobQueue;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobRetry;
import io.backbeat.status.JobSource;
import io.backbeat.status.MissingJob;
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
   * Queues what a step has found.
   *
   * @return how many operations
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer: some may
   *     be queued; looking again leaves those out
   */
  int queue(Found found) {
    List<MissingJob> jobs =
        found.missing().stream().flatMap(missing -> job(missing).stream()).toList();
    return retry.retry(found.retries()).size() + retry.submit(jobs);
  }

  /** Nothing for a version that is gone or was written again meanwhile: that has a job. */
  private Optional<MissingJob> job(Found.Missing missing) {
    return source
        .jobFor(missing.object(), missing.location())
        .filter(job -> job.revision().equals(missing.revision()))
        .map(job -> new MissingJob(job, missing.status(), missing.recorded()));
  }
}
