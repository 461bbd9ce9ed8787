package io.backbeat.kafka;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import io.backbeat.task.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of replay topics wait in the ledger for their next attempt, as long as the policy
 * says. (The original runs them at once, and burns all replays in seconds while a destination is
 * down.)
 *
 * <p>A job that is out of date (its version has a newer change, is gone or has reached the
 * location) is left alone, and so is one that the ledger has already, with as many attempts.
 */
final class ReplayJobs implements TopicHandler<Job> {
  private final FailedJobStore ledger;
  private final StatusStore statuses;
  private final RetryPolicy policy;
  private final RandomGenerator random;

  ReplayJobs(
      FailedJobStore ledger, StatusStore statuses, RetryPolicy policy, RandomGenerator random) {
    this.ledger = ledger;
    this.statuses = statuses;
    this.policy = policy;
    this.random = random;
  }

  @Override
  public void handle(List<TopicRun<Job>> runs) {
    List<TopicRecord<Job>> jobs = runs.stream().flatMap(run -> run.records().stream()).toList();
    Map<ObjectVersion, TrackedStatus> current =
        statuses.find(jobs.stream().map(job -> job.value().object()).distinct().toList());
    List<LedgerEntry> waiting = new ArrayList<>();
    List<FailedJobStore.Finished> replaced = new ArrayList<>();
    for (TopicRecord<Job> message : jobs) {
      Job job = message.value();
      if (!isOpen(job, current.get(job.object()))) {
        continue;
      }
      Optional<LedgerEntry> known = ledger.find(job.key());
      if (known.isPresent() && !known.get().job().revision().equals(job.revision())) {
        replaced.add(new FailedJobStore.Finished(job.key(), known.get().job().revision()));
      } else if (known.isPresent() && known.get().job().attempt() >= job.attempt()) {
        continue;
      }
      waiting.add(waiting(job, message.source().topic(), message.source().timestamp()));
    }
    if (!replaced.isEmpty()) {
      ledger.remove(replaced);
    }
    if (!waiting.isEmpty()) {
      ledger.record(waiting);
    }
  }

  private LedgerEntry waiting(Job job, String topic, long timestamp) {
    Instant failed = Instant.ofEpochMilli(Math.max(0, timestamp));
    LedgerEntry.Failure failure =
        new LedgerEntry.Failure(
            failed,
            failed,
            StatusDecoder.REPLICATION_FAILED,
            "replayed through " + topic + ", which does not say why");
    return LedgerEntry.waiting(job, failure, failed.plus(policy.delayAfter(job.attempt(), random)));
  }

  /** Whether the job is about the newest change, and the location does not have it yet. */
  private static boolean isOpen(Job job, @Nullable TrackedStatus current) {
    return Optional.ofNullable(current)
        .filter(status -> status.revision().equals(job.revision()))
        .flatMap(status -> status.at(job.location()))
        .map(SiteReplication::status)
        .filter(status -> status == SiteStatus.PENDING || status == SiteStatus.FAILED)
        .isPresent();
  }
}
