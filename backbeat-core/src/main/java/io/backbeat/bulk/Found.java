package io.backbeat.bulk;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.SiteStatus;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import java.util.List;
import java.util.Optional;

/**
 * What a step of a walk has found.
 *
 * @param next where the next step begins; empty if there is nothing more
 * @param listed how many items were looked at
 * @param retries recorded failures to be queued again
 * @param missing operations whose job is in no queue
 * @param corrections statuses that do not tell of a recorded failure; not counted as matched
 * @param bytes content length of retries and missing
 */
record Found(
    Optional<Cursor> next,
    long listed,
    List<RetryRequest> retries,
    List<Missing> missing,
    List<StatusChange> corrections,
    long bytes) {
  Found {
    retries = List.copyOf(retries);
    missing = List.copyOf(missing);
    corrections = List.copyOf(corrections);
  }

  /** A step that has found nothing. */
  static Found nothing(Optional<Cursor> next) {
    return new Found(next, 0, List.of(), List.of(), List.of(), 0);
  }

  /** How many operations are to be queued. */
  int matched() {
    return retries.size() + missing.size();
  }

  /** As counts, of which so many were queued. */
  BulkCounts counts(int queued) {
    return new BulkCounts(listed, matched(), queued, bytes);
  }

  /**
   * A version that is to be at a location and has no job.
   *
   * @param revision the revision that was looked at
   * @param recorded what the ledger has instead
   */
  record Missing(
      ObjectVersion object,
      LocationName location,
      String revision,
      SiteStatus status,
      Optional<LedgerEntry> recorded) {}
}
