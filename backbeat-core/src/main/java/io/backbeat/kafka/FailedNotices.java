package io.backbeat.kafka;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobSource;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records failures that others noticed in the ledger, so that those of the original's processors
 * are listed and can be retried too.
 *
 * <p>A notice changes nothing if the ledger knows the job, whatever it knows, or if the version is
 * gone, is not to be at the location, or has reached it since: notices may be days old. Recording
 * twice is harmless. Thread-safe.
 */
public final class FailedNotices implements Consumer<List<FailedNotice>> {
  private final FailedJobStore ledger;
  private final StatusStore statuses;
  private final JobSource source;

  /** Records in a ledger the jobs that a source makes. */
  public FailedNotices(FailedJobStore ledger, StatusStore statuses, JobSource source) {
    this.ledger = ledger;
    this.statuses = statuses;
    this.source = source;
  }

  /**
   * Records what is news. Durable on return.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; a retry is
   *     safe
   */
  @Override
  public void accept(List<FailedNotice> notices) {
    Map<JobKey, FailedNotice> unknown = new LinkedHashMap<>();
    for (FailedNotice notice : notices) {
      JobKey key = key(notice);
      if (!unknown.containsKey(key) && ledger.find(key).isEmpty()) {
        unknown.put(key, notice);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    Map<ObjectVersion, TrackedStatus> current =
        statuses.find(unknown.values().stream().map(FailedNotice::object).distinct().toList());
    List<LedgerEntry> entries =
        unknown.values().stream()
            .filter(notice -> isOpen(notice, current.get(notice.object())))
            .flatMap(notice -> entry(notice).stream())
            .toList();
    if (!entries.isEmpty()) {
      ledger.record(entries);
    }
  }

  /** Whether the version is still to be brought to the location. */
  private static boolean isOpen(FailedNotice notice, @Nullable TrackedStatus current) {
    return Optional.ofNullable(current)
        .flatMap(status -> status.at(notice.location()))
        .map(SiteReplication::status)
        .filter(status -> status == SiteStatus.FAILED || status == SiteStatus.PENDING)
        .isPresent();
  }

  private Optional<LedgerEntry> entry(FailedNotice notice) {
    LedgerEntry.Failure failure =
        new LedgerEntry.Failure(
            notice.at(),
            notice.at(),
            StatusDecoder.REPLICATION_FAILED,
            "told by the failed topic, which does not say why");
    return source
        .jobFor(notice.object(), notice.location())
        .map(job -> LedgerEntry.failed(job.withAttempt(1), failure));
  }

  private static JobKey key(FailedNotice notice) {
    return new JobKey(JobType.REPLICATION, notice.object(), notice.location());
  }
}
