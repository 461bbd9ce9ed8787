package io.backbeat.api;

/**
 * How much a {@link BulkTask} has seen and done. What a crash or a change of the leader cuts short
 * is gone through again, and may count in part or not at all.
 *
 * @param listed object versions, or failed operations, that were looked at
 * @param matched operations among them that are to be queued; an operation is one version at one
 *     location
 * @param queued operations that were queued; fewer than {@code matched} where one was dealt with
 *     meanwhile
 * @param bytes content length of the matched operations
 */
public record BulkCounts(long listed, long matched, long queued, long bytes) {
  /** Nothing yet. */
  public static final BulkCounts NONE = new BulkCounts(0, 0, 0, 0);

  /** Checks that nothing is negative. */
  public BulkCounts {
    Checks.notNegative(listed, "listed");
    Checks.notNegative(matched, "matched");
    Checks.notNegative(queued, "queued");
    Checks.notNegative(bytes, "bytes");
  }

  /** The sum. */
  public BulkCounts plus(BulkCounts more) {
    return new BulkCounts(
        listed + more.listed, matched + more.matched, queued + more.queued, bytes + more.bytes);
  }
}
