package io.backbeat.processor;

import io.backbeat.api.BackbeatException;
import io.backbeat.queue.JobQueue;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final int BATCH = 500;

  private final FailedJobStore ledger;
  private final JobQueue queue;
  private final Clock clock;

  /** Moves jobs from the ledger to the queue as the clock says. */
  public RetryScheduler(FailedJobStore ledger, JobQueue queue, Clock clock) {
    this.ledger = ledger;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Queues what is due now.
   *
   * @return how many jobs
   * @throws BackbeatException INTERNAL_ERROR if a store does not answer; a retry is safe
   */
  public int runOnce() {
    int queued = 0;
    List<LedgerEntry> due;
    do {
      due = ledger.takeDue(clock.instant(), LEASE, BATCH);
      if (!due.isEmpty()) {
        queue.publish(due.stream().map(LedgerEntry::job).toList());
        ledger.requeued(due);
        LOG.debug("{} jobs queued for another attempt", due.size());
      }
      queued += due.size();
    } while (due.size() == BATCH);
    return queued;
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
