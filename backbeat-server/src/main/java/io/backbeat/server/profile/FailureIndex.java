package io.backbeat.server.profile;

import io.backbeat.api.LocationName;
import java.util.List;

/**
 * What Redis tells about failures: an index that the Node.js processes write and read, and that
 * ours keep as a view of the ledger. Both methods throw {@link io.backbeat.api.BackbeatException}
 * INTERNAL_ERROR when a service does not answer; calling again goes on safely.
 */
public interface FailureIndex {
  /**
   * Removes the index of some locations, and writes it anew from the ledger, with their counts of
   * pending work.
   */
  Changes rebuild(Selection selection);

  /**
   * Takes failures that are only in the index into the ledger. What the ledger knows stays as it
   * is.
   */
  Changes importFailures(Selection selection);

  /**
   * What to do.
   *
   * @param locations of which locations, at least one
   * @param dryRun whether to count only, and to change nothing
   */
  record Selection(List<LocationName> locations, boolean dryRun) {
    /** Copies the list. */
    public Selection {
      locations = List.copyOf(locations);
    }
  }

  /**
   * What was done, or would be.
   *
   * @param read records that were looked at
   * @param removed records that were removed
   * @param written records that were written
   * @param leftOut records that were read and not written, because they were there before or are no
   *     failures any more
   */
  record Changes(long read, long removed, long written, long leftOut) {}
}
