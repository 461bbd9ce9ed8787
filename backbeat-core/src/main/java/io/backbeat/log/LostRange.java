package io.backbeat.log;

import java.time.Instant;
import java.util.Objects;

/**
 * A part of a metadata log that is gone before it was read. What it held is found again by listing
 * the metadata; deletions in it are not seen.
 *
 * @param after when the log was last read before it, or the beginning of time if that is not known
 * @param noticed when it was found to be gone
 * @param relisted whether everything was listed again since
 * @param reason why it is gone, for people
 */
public record LostRange(Instant after, Instant noticed, boolean relisted, String reason) {
  /** Checks that nothing is null. */
  public LostRange {
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(noticed, "noticed");
    Objects.requireNonNull(reason, "reason");
  }
}
