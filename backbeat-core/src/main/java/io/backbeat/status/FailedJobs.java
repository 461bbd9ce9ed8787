package io.backbeat.status;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Failed replication jobs, read from the ledger at each call. A page follows the markers that the
 * ledger gave to its entries: the marker of a page is that of the last entry on it, and the next
 * page holds smaller ones only. Markers are unique and never change while an entry stays failed, so
 * pages neither repeat an entry nor stand still. Thread-safe.
 */
public final class FailedJobs implements FailedOperations {
  private static final int MAX_LIMIT = 1000;

  private final FailedJobStore ledger;
  private final Supplier<List<LocationName>> configured;
  private final JobRetry retry;

  /**
   * Reads from a ledger.
   *
   * @param ledger where failed jobs are kept
   * @param configured the destinations of replication in configured order, asked at each call
   * @param retry how jobs are queued again
   */
  public FailedJobs(
      FailedJobStore ledger, Supplier<List<LocationName>> configured, JobRetry retry) {
    this.ledger = ledger;
    this.configured = configured;
    this.retry = retry;
  }

  @Override
  public FailedPage list(LocationName location, long marker, int limit) {
    if (marker < 0) {
      throw invalid("marker must be 0 or the marker of the page before, was " + marker);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
    }
    long before = marker == FIRST_PAGE ? Long.MAX_VALUE : marker;
    // One more than the page tells whether another one follows.
    List<LedgerEntry> entries = ledger.failed(JobType.REPLICATION, location, before, limit + 1);
    List<LedgerEntry> page = entries.subList(0, Math.min(limit, entries.size()));
    OptionalLong next =
        entries.size() > limit
            ? OptionalLong.of(page.get(limit - 1).marker())
            : OptionalLong.empty();
    return new FailedPage(page.stream().map(FailedJobs::operation).toList(), next);
  }

  @Override
  public List<FailedOperation> find(ObjectVersion object) {
    List<LocationName> order = configured.get();
    return ledger.find(object).stream()
        .filter(
            entry ->
                entry.state() == JobState.FAILED
                    && entry.job().key().type().equals(JobType.REPLICATION))
        .map(FailedJobs::operation)
        .sorted(Comparator.comparing(FailedOperation::location, inOrderOf(order)))
        .toList();
  }

  @Override
  public List<RetryResult> retry(List<RetryRequest> requests) {
    return retry.retry(requests);
  }

  /** Locations that are not configured any more come last, by name. */
  private static Comparator<LocationName> inOrderOf(List<LocationName> order) {
    return Comparator.<LocationName>comparingInt(
            location -> order.contains(location) ? order.indexOf(location) : Integer.MAX_VALUE)
        .thenComparing(Comparator.naturalOrder());
  }

  private static FailedOperation operation(LedgerEntry entry) {
    Job job = entry.job();
    LedgerEntry.Failure failure = entry.failure().orElseThrow();
    return new FailedOperation(
        job.object(),
        job.location(),
        job.bytes(),
        job.createdAt(),
        job.attempt(),
        failure.first(),
        failure.last(),
        failure.errorClass(),
        failure.message());
  }

  private static BackbeatException invalid(String message) {
    return new BackbeatException(ErrorCode.INVALID_QUERY_PARAMETER, message);
  }
}
