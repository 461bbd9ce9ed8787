package io.backbeat.api;

import java.util.List;

/**
 * Failed operations and their retry. Thread-safe. A failed operation stays listed until it is
 * retried with success, superseded by a newer change of the version, or removed by the configured
 * retention (default: never).
 */
public interface FailedOperations {
  /** Marker of the first page. */
  long FIRST_PAGE = 0;

  /** The largest page and the default size of the original. */
  int PAGE_SIZE = 100;

  /**
   * A page of the failed operations of a location, newest first. Takes time in proportion to the
   * page, wherever it starts.
   *
   * @param location any location; one without failures, or unknown, gives an empty page
   * @param marker {@link #FIRST_PAGE} or {@link FailedPage#nextMarker()} of the page before
   * @param limit 1 to 1000
   * @throws BackbeatException {@link ErrorCode#INVALID_QUERY_PARAMETER} for a negative marker or a
   *     limit out of range
   */
  FailedPage list(LocationName location, long marker, int limit);

  /**
   * The failed operations of one version, one per location, in the order of the configured
   * locations.
   */
  List<FailedOperation> find(ObjectVersion object);

  /**
   * Queues one more attempt for each request that names a recorded failure (or any known version,
   * with {@code force}). The status becomes PENDING and the job is durably queued when this
   * returns. A request that is unknown, or being retried by someone else at the moment, is left out
   * of the result. Asking twice is harmless.
   */
  List<RetryResult> retry(List<RetryRequest> requests);
}
