package io.backbeat.server.operate;

import io.backbeat.api.FailedOperations;
import io.backbeat.api.RetryRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Asks for retries in batches, and holds one batch at a time. Not thread-safe. */
public final class RetryRun {
  /** As many as a page of failed operations has. */
  static final int BATCH = FailedOperations.PAGE_SIZE;

  private final ToIntFunction<List<RetryRequest>> send;
  private final Consumer<RetryCounts> progress;
  private RetryCounts counts = RetryCounts.NONE;

  /**
   * A run that has not begun.
   *
   * @param send gets the batches, and says how many of each were queued
   * @param progress is told after every batch
   */
  public RetryRun(ToIntFunction<List<RetryRequest>> send, Consumer<RetryCounts> progress) {
    this.send = send;
    this.progress = progress;
  }

  /** Asks for all of them. What is thrown leaves {@link #counts} as they were until then. */
  public RetryCounts run(Iterator<RetryRequest> requests) {
    while (requests.hasNext()) {
      List<RetryRequest> batch = new ArrayList<>();
      while (batch.size() < BATCH && requests.hasNext()) {
        batch.add(requests.next());
      }
      counts = counts.plus(batch.size(), send.applyAsInt(batch));
      progress.accept(counts);
    }
    return counts;
  }

  /** What was asked for and queued so far. */
  public RetryCounts counts() {
    return counts;
  }
}
