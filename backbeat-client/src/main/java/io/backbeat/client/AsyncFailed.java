package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * {@link io.backbeat.api.FailedOperations} without waiting; what each method means is told there.
 * Thread-safe.
 *
 * <p>Servers that keep no history of a failure, as the original, give 0 attempts, the epoch for
 * both dates and empty texts; they also ignore the limit of a page, which is then 100.
 */
public final class AsyncFailed {
  private final Wire wire;

  AsyncFailed(Wire wire) {
    this.wire = wire;
  }

  /** A page of the failed operations of a location, newest first. */
  public CompletableFuture<FailedPage> list(LocationName location, long marker, int limit) {
    return wire.send(
        () ->
            Call.get(
                Route.of(ApiPaths.FAILED)
                    .parameter(ApiPaths.SITE_NAME, location.value())
                    .parameter(ApiPaths.MARKER, Long.toString(marker))
                    .parameter(ApiPaths.LIMIT, Integer.toString(limit))
                    .detailed(),
                FailedAnswer::page));
  }

  /** The failed operations of one version, one per location. */
  public CompletableFuture<List<FailedOperation>> find(ObjectVersion object) {
    return wire.send(
        () ->
            Call.get(
                Route.of(ApiPaths.FAILED).objectOrUnversioned(object).detailed(),
                body -> FailedAnswer.page(body).operations()));
  }

  /**
   * Queues one more attempt for each request. Many requests are sent as several bodies, one after
   * the other. When the future fails, some of the requests may have been carried out; asking again
   * is harmless, and leaves those out of the result. For this reason a body is sent a second time
   * by itself only when the first was refused: no connection, 429 or 503.
   */
  public CompletableFuture<List<RetryResult>> retry(List<RetryRequest> requests) {
    CompletableFuture<List<RetryResult>> results = CompletableFuture.completedFuture(List.of());
    for (byte[] body : RetryBatches.of(requests)) {
      results = Step.compose(results, before -> retry(body, before));
    }
    return results;
  }

  private CompletableFuture<List<RetryResult>> retry(byte[] body, List<RetryResult> before) {
    return wire.send(
        () ->
            Call.post(
                    Route.of(ApiPaths.FAILED),
                    body,
                    answer ->
                        Stream.concat(before.stream(), FailedAnswer.results(answer).stream())
                            .toList())
                .notRepeatable());
  }
}
