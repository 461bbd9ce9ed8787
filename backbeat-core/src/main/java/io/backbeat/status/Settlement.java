package io.backbeat.status;

import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import java.util.Optional;

/**
 * What is to be done about one finished attempt: its ledger entry is replaced, or removed when
 * there is no new one; then the event is told.
 *
 * @param job the job
 * @param entry the new ledger entry; empty if the job is finished
 * @param event what to tell
 * @param versionCompleted whether the version has reached all its destinations by this
 */
record Settlement(Job job, Optional<LedgerEntry> entry, JobEvent event, boolean versionCompleted) {
  static Settlement finished(JobEvent event, boolean versionCompleted) {
    return new Settlement(event.job(), Optional.empty(), event, versionCompleted);
  }

  static Settlement keeps(LedgerEntry entry, JobEvent event) {
    return new Settlement(event.job(), Optional.of(entry), event, false);
  }
}
