package io.backbeat.server.operate;

/**
 * What became of retries.
 *
 * @param requested how many were asked for
 * @param queued how many of them are queued now
 */
public record RetryCounts(long requested, long queued) {
  static final RetryCounts NONE = new RetryCounts(0, 0);

  RetryCounts plus(long moreRequested, long moreQueued) {
    return new RetryCounts(requested + moreRequested, queued + moreQueued);
  }

  /** Those that are unknown, or being retried by somebody else. */
  public long leftOut() {
    return requested - queued;
  }
}
