package io.backbeat.processor;

import io.backbeat.api.BackbeatException;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.RefusedJob;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobSource;
import io.backbeat.status.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts jobs whose next attempt is due back into their queues. The waiting happens in the ledger,
 * where it is durable and costs no worker; several schedulers on one ledger share the work.
 *
 * <p>A job is published first and marked as queued after, so a crash in between publishes it twice,
 * and never loses it.
 */
public final class RetryScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(RetryScheduler.class);
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** A job has all metadata of its object with it, up to some megabytes. */
  private static final int BATCH = 100;

  private final FailedJobStore ledger;
  private final JobQueue queue;
  private final JobSource source;
  private final Clock clock;

  /**
   * Moves jobs from the ledger to the queue as the clock says.
   *
   * @param source makes the jobs that the ledger has without their payloads
   */
  public RetryScheduler(FailedJobStore ledger, JobQueue queue, JobSource source, Clock clock) {
    this.ledger = ledger;
    this.queue = queue;
    this.source = source;
    this.clock = clock;
  }

  /**
   * Queues what is due now.
   *
   * @return how many jobs
   * @throws BackbeatException INTERNAL_ERROR if a store does not answer; a retry is safe. If it is
   *     the metadata of some jobs that cannot be read, the others of their batch are queued before
   */
  public int runOnce() {
    int queued = 0;
    List<LedgerEntry> due;
    do {
      due = ledger.takeDue(clock.instant(), LEASE, BATCH);
      if (!due.isEmpty()) {
        queue(due);
      }
      queued += due.size();
    } while (due.size() == BATCH);
    return queued;
  }

  private void queue(List<LedgerEntry> due) {
    List<LedgerEntry> ready = new ArrayList<>(due.size());
    List<BackbeatException> errors = new ArrayList<>();
    for (LedgerEntry entry : due) {
      try {
        completed(entry).ifPresent(ready::add);
      } catch (BackbeatException e) { // one bucket that cannot be read must not stop the others
        errors.add(e);
      }
    }
    if (!ready.isEmpty()) {
      ledger.requeued(publish(ready));
      LOG.debug("{} jobs queued for another attempt", ready.size());
    }
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
  }

  /**
   * What is taken without a payload gets one. Where none can be had, the job fails for good and
   * stays listed; where the metadata tells another revision, it is that one's job from now on.
   */
  private Optional<LedgerEntry> completed(LedgerEntry taken) {
    Optional<Job> whole = source.complete(taken.job());
    if (whole.isEmpty()) {
      taken
          .failure()
          .ifPresent(why -> ledger.record(List.of(LedgerEntry.failed(taken.job(), why))));
      return Optional.empty();
    }
    LedgerEntry ready =
        new LedgerEntry(
            whole.get(), taken.state(), taken.failure(), taken.nextAttempt(), taken.marker());
    if (!whole.get().revision().equals(taken.job().revision())) {
      // Only a freshly queued entry replaces another revision. It is as it was taken at once: the
      // job is not in its queue yet, and must be due again should publishing fail.
      ledger.record(List.of(LedgerEntry.queued(whole.get()), ready));
    }
    return Optional.of(ready);
  }

  /** The entries that were queued. A job that is too large to be queued fails for good. */
  private List<LedgerEntry> publish(List<LedgerEntry> ready) {
    List<RefusedJob> refused = queue.publishAccepted(ready.stream().map(LedgerEntry::job).toList());
    if (refused.isEmpty()) {
      return ready;
    }
    Instant now = clock.instant();
    ledger.record(
        refused.stream()
            .map(job -> LedgerEntry.failed(job.job(), LedgerEntry.Failure.of(job, now)))
            .toList());
    LOG.warn(
        "{} jobs cannot be queued; first: {}", refused.size(), refused.get(0).why().getMessage());
    Set<JobKey> failed = refused.stream().map(job -> job.job().key()).collect(Collectors.toSet());
    return ready.stream().filter(entry -> !failed.contains(entry.job().key())).toList();
  }

  /** How long until something is due; at most {@code longest}. */
  public Duration untilNextDue(Duration longest) {
    Instant now = clock.instant();
    return ledger
        .nextDue()
        .map(due -> Duration.between(now, due))
        .filter(wait -> wait.compareTo(longest) < 0)
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(longest);
  }
}
