package io.backbeat.api;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
   * All failed operations of a location, newest first, for a loop. Reads a page when it is needed
   * and keeps one at a time; each iterator starts anew with the newest. What fails meanwhile is not
   * seen, what is retried or removed meanwhile may or may not be.
   *
   * <p>The iterator throws what {@link #list} throws, and {@link ErrorCode#INTERNAL_ERROR} when the
   * pages lead in a circle. It is not thread-safe.
   *
   * @param location any location; one without failures, or unknown, has none
   */
  default Iterable<FailedOperation> all(LocationName location) {
    return () -> new FailedPages(this, location);
  }

  /**
   * The same as {@link #all} for a stream, lazy and sequential; {@code limit} reads no page too
   * many.
   *
   * @param location any location; one without failures, or unknown, has none
   */
  default Stream<FailedOperation> stream(LocationName location) {
    return StreamSupport.stream(all(location).spliterator(), false);
  }

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
