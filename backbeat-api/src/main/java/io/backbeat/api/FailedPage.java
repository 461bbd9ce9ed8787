package io.backbeat.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A page of failed operations, newest failure first.
 *
 * @param operations at most the asked number
 * @param nextMarker what to pass as marker for the next page; empty on the last page. An opaque
 *     number: it stays valid when operations are added, retried or removed between two pages
 */
public record FailedPage(List<FailedOperation> operations, OptionalLong nextMarker) {
  /** A page with nothing on it and nothing behind it. */
  public static final FailedPage EMPTY = new FailedPage(List.of(), OptionalLong.empty());

  /** Copies the list. */
  public FailedPage {
    operations = List.copyOf(operations);
    Objects.requireNonNull(nextMarker, "nextMarker");
  }

  /** Whether another page follows ({@code IsTruncated} on the wire). */
  public boolean truncated() {
    return nextMarker.isPresent();
  }
}
