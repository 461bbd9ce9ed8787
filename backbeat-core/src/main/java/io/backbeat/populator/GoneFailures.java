package io.backbeat.populator;

import io.backbeat.api.ObjectVersion;
import io.backbeat.log.LogEntry;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobState;
import java.util.List;

/**
 * Forgets failures of versions that the log says were deleted: nobody can retry them. Jobs that are
 * still queued or wait for an attempt are left to their queue, which drops them and tells so.
 */
final class GoneFailures {
  private final FailedJobStore ledger;

  GoneFailures(FailedJobStore ledger) {
    this.ledger = ledger;
  }

  /**
   * Looks after the deletions of some entries. To be called before newer changes in the same
   * entries are recorded.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the ledger does not answer; calling
   *     again is safe
   */
  void forget(List<LogEntry> entries) {
    List<ObjectVersion> gone =
        entries.stream().flatMap(entry -> DeletedVersions.of(entry).stream()).distinct().toList();
    for (ObjectVersion version : gone) {
      List<FailedJobStore.Finished> failed =
          ledger.find(version).stream()
              .filter(entry -> entry.state() == JobState.FAILED)
              .map(entry -> entry.job())
              .filter(job -> job.key().type().tracksStatus())
              .map(job -> new FailedJobStore.Finished(job.key(), job.revision()))
              .toList();
      if (!failed.isEmpty()) {
        ledger.remove(failed);
      }
    }
  }
}
