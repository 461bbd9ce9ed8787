package io.backbeat.status;

import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;

/** What became of a {@link StatusChange}. */
public sealed interface StatusResult {
  /**
   * The transition was made and is durable. {@code before} and {@code after} may be equal where the
   * machine has such a row.
   */
  record Applied(SiteStatus before, SiteStatus after, OverallStatus overall)
      implements StatusResult {}

  /** The machine has no row for the event in this state; nothing was changed. */
  record NoTransition(SiteStatus current) implements StatusResult {}

  /** The version has another revision; nothing was changed. */
  record Superseded(String currentRevision) implements StatusResult {}

  /** There is no such version, or it is not replicated to that location; nothing was changed. */
  record Unknown() implements StatusResult {}
}
