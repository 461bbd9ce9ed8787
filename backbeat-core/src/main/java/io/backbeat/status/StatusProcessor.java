package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.StatusEvent;
import io.backbeat.queue.JobQueue;
import io.backbeat.task.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Turns outcomes into durable state, in a fixed order: status, follow-up jobs, notices of failures,
 * ledger. A crash between two of them repeats the job and loses nothing, because the caller commits
 * the job's offset only after {@link #settle} has returned.
 *
 * <p>Each outcome makes at most one conditional update of the status. An outcome of an older
 * revision changes nothing.
 *
 * <p>One per queue. {@link #settle} is called by one thread at a time; {@link #drop} may be called
 * at the same time.
 */
public final class StatusProcessor implements OutcomeSettler {
  private final StatusStore statuses;
  private final FailedJobStore ledger;
  private final JobQueue queue;
  private final CompletionPlanner followUp;
  private final Function<LocationName, RetryPolicy> policies;
  private final RandomGenerator random;
  private final FailureNotices notices;

  /** Effects go to the stores given; one policy for all locations. Tells no one else. */
  public StatusProcessor(
      StatusStore statuses,
      FailedJobStore ledger,
      JobQueue queue,
      CompletionPlanner followUp,
      RetryPolicy policy,
      RandomGenerator random) {
    this(statuses, ledger, queue, followUp, location -> policy, random, FailureNotices.NONE);
  }

  /**
   * Effects go to the stores given; policies by location.
   *
   * @param notices hears of jobs that failed for good, as a part of settling them
   */
  public StatusProcessor(
      StatusStore statuses,
      FailedJobStore ledger,
      JobQueue queue,
      CompletionPlanner followUp,
      Function<LocationName, RetryPolicy> policies,
      RandomGenerator random,
      FailureNotices notices) {
    this.statuses = statuses;
    this.ledger = ledger;
    this.queue = queue;
    this.followUp = followUp;
    this.policies = policies;
    this.random = random;
    this.notices = notices;
  }

  /**
   * Settles attempts. Everything is durable on return.
   *
   * @return what to tell, one event per attempt, in order; none for a success that was settled and
   *     told before, as one that came twice after a crash
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again with the same attempts is safe
   */
  @Override
  public List<JobEvent> settle(List<FinishedAttempt> attempts) {
    List<Intent> intents =
        attempts.stream()
            .map(a -> Intent.of(a, policies.apply(a.job().location()), random))
            .toList();
    List<Optional<StatusResult>> results = applyStatuses(attempts, intents);
    List<Settlement> settlements = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      settlements.add(settlement(attempts.get(i), intents.get(i), results.get(i)));
    }
    queueFollowUps(settlements);
    tellFailures(settlements);
    List<JobEvent> told = new ArrayList<>(settlements.size());
    Set<JobKey> ended = new HashSet<>();
    for (int i = 0; i < settlements.size(); i++) {
      Settlement settlement = settlements.get(i);
      boolean before =
          isCompleted(results.get(i))
              && (ended.contains(settlement.job().key()) || !isUnfinished(settlement.job()));
      if (!before) {
        told.add(settlement.event());
        ended.add(settlement.job().key());
      }
    }
    writeLedger(settlements);
    return told;
  }

  /**
   * Gives up jobs that need no attempt. Everything is durable on return. A job whose version has
   * reached all its destinations gets its follow-up jobs here too, in case a crash came between its
   * completion and them. Nothing is told of a job that has completed already, if the ledger says
   * that this was settled: its end is told by whoever settled it, and counts once.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again is safe
   */
  @Override
  public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
    List<Settlement> settlements =
        needless.stream()
            .map(
                n ->
                    Settlement.finished(
                        new JobEvent.Dropped(n.job(), n.reason(), at), n.versionCompleted()))
            .toList();
    queueFollowUps(settlements);
    List<JobEvent> told = new ArrayList<>(needless.size());
    for (int i = 0; i < settlements.size(); i++) {
      if (!needless.get(i).completed() || isUnfinished(needless.get(i).job())) {
        told.add(settlements.get(i).event());
      }
    }
    writeLedger(settlements);
    return told;
  }

  private boolean isUnfinished(Job job) {
    return ledger
        .find(job.key())
        .filter(known -> known.job().revision().equals(job.revision()))
        .isPresent();
  }

  private List<Optional<StatusResult>> applyStatuses(
      List<FinishedAttempt> attempts, List<Intent> intents) {
    List<StatusChange> changes = new ArrayList<>();
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      Optional<StatusChange> change = change(attempts.get(i).job(), intents.get(i));
      if (change.isPresent()) {
        changes.add(change.get());
        changed.add(i);
      }
    }
    List<Optional<StatusResult>> results =
        new ArrayList<>(Collections.nCopies(attempts.size(), Optional.empty()));
    List<StatusResult> answers = changes.isEmpty() ? List.of() : statuses.apply(changes);
    for (int i = 0; i < answers.size(); i++) {
      results.set(changed.get(i), Optional.of(answers.get(i)));
    }
    return results;
  }

  /** The status stays as it is while attempts are left, so nothing is written then. */
  private static Optional<StatusChange> change(Job job, Intent intent) {
    if (!job.key().type().tracksStatus()) {
      return Optional.empty();
    }
    if (intent instanceof Intent.Complete complete) {
      return Optional.of(
          new StatusChange(
              job.object(),
              job.location(),
              job.revision(),
              StatusEvent.REPLICATED,
              complete.dataStoreVersionId()));
    }
    if (intent instanceof Intent.GiveUp giveUp) {
      return Optional.of(
          new StatusChange(job.object(), job.location(), job.revision(), giveUp.event(), ""));
    }
    return Optional.empty();
  }

  private Settlement settlement(
      FinishedAttempt attempt, Intent intent, Optional<StatusResult> result) {
    Job job = attempt.job();
    Instant at = attempt.at();
    if (intent instanceof Intent.Complete && isCompleted(result)) {
      return Settlement.finished(new JobEvent.Completed(job, at), isCompletedEverywhere(job));
    }
    if (result.isPresent() && !(result.get() instanceof StatusResult.Applied)) {
      return Settlement.finished(new JobEvent.Dropped(job, reason(result.get()), at), false);
    }
    if (intent instanceof Intent.TryAgain again) {
      Optional<String> newer = newerRevision(job);
      if (newer.isPresent()) {
        // The ledger would not take this entry, so nobody would end the job, or count it as ended.
        String reason = "superseded by revision " + newer.get();
        return Settlement.finished(new JobEvent.Dropped(job, reason, at), false);
      }
      LedgerEntry.Failure failure = failure(job, at, again.errorClass(), again.message());
      return Settlement.keeps(
          LedgerEntry.waiting(job.withAttempt(job.attempt() + 1), failure, again.nextAttempt()),
          new JobEvent.AttemptFailed(
              job, again.errorClass(), again.message(), again.nextAttempt(), at));
    }
    if (intent instanceof Intent.GiveUp giveUp) {
      LedgerEntry.Failure failure = failure(job, at, giveUp.errorClass(), giveUp.message());
      return Settlement.keeps(
          LedgerEntry.failed(job.withAttempt(job.attempt() + 1), failure),
          new JobEvent.Failed(job, giveUp.errorClass(), giveUp.message(), at));
    }
    boolean versionCompleted =
        result
            .filter(StatusResult.Applied.class::isInstance)
            .map(StatusResult.Applied.class::cast)
            .filter(applied -> applied.overall() == OverallStatus.COMPLETED)
            .isPresent();
    return Settlement.finished(new JobEvent.Completed(job, at), versionCompleted);
  }

  /** That of the job that has taken the place of this one in the ledger, if one has. */
  private Optional<String> newerRevision(Job job) {
    return job.key().type().tracksStatus()
        ? ledger
            .find(job.key())
            .map(known -> known.job().revision())
            .filter(revision -> !revision.equals(job.revision()))
        : Optional.empty();
  }

  /**
   * A success that finds the version COMPLETED is this job's own, settled before a store failed
   * half-way, or a repeated one.
   */
  private static boolean isCompleted(Optional<StatusResult> result) {
    return result.isPresent()
        && result.get() instanceof StatusResult.NoTransition none
        && none.current() == SiteStatus.COMPLETED;
  }

  private boolean isCompletedEverywhere(Job job) {
    return Optional.ofNullable(statuses.find(List.of(job.object())).get(job.object()))
        .filter(stored -> stored.revision().equals(job.revision()))
        .filter(stored -> stored.status().overall() == OverallStatus.COMPLETED)
        .isPresent();
  }

  private static String reason(StatusResult result) {
    if (result instanceof StatusResult.Superseded superseded) {
      return "superseded by revision " + superseded.currentRevision();
    }
    if (result instanceof StatusResult.NoTransition none) {
      return "already " + none.current();
    }
    return "the version is gone";
  }

  /**
   * Remembers the first failure of this change of the version, also over retries that an operator
   * asked for.
   */
  private LedgerEntry.Failure failure(Job job, Instant at, String errorClass, String message) {
    Instant first =
        ledger
            .find(job.key())
            .filter(known -> known.job().revision().equals(job.revision()))
            .flatMap(LedgerEntry::failure)
            .map(LedgerEntry.Failure::first)
            .orElse(at);
    return new LedgerEntry.Failure(first, at, errorClass, message);
  }

  private void queueFollowUps(List<Settlement> settlements) {
    List<Job> jobs =
        settlements.stream()
            .filter(Settlement::versionCompleted)
            .flatMap(s -> followUp.afterCompletion(s.job()).stream())
            .toList();
    if (!jobs.isEmpty()) {
      ledger.record(jobs.stream().map(LedgerEntry::queued).toList());
      queue.publish(jobs);
    }
  }

  private void tellFailures(List<Settlement> settlements) {
    List<JobEvent.Failed> failures =
        settlements.stream()
            .map(Settlement::event)
            .filter(JobEvent.Failed.class::isInstance)
            .map(JobEvent.Failed.class::cast)
            .toList();
    if (!failures.isEmpty()) {
      notices.failed(failures);
    }
  }

  private void writeLedger(List<Settlement> settlements) {
    List<LedgerEntry> kept = settlements.stream().flatMap(s -> s.entry().stream()).toList();
    replaceOlder(kept);
    if (!kept.isEmpty()) {
      ledger.record(kept);
    }
    List<FailedJobStore.Finished> finished =
        settlements.stream()
            .filter(s -> s.entry().isEmpty())
            .map(s -> new FailedJobStore.Finished(s.job().key(), s.job().revision()))
            .toList();
    if (!finished.isEmpty()) {
      ledger.remove(finished);
    }
  }

  /**
   * Jobs that nobody planned here were never entered as queued, and only that takes over from an
   * older job of the same key: without it, a newer one that fails would be forgotten.
   */
  private void replaceOlder(List<LedgerEntry> kept) {
    List<LedgerEntry> newer =
        kept.stream()
            .map(LedgerEntry::job)
            .filter(job -> !job.key().type().tracksStatus() && replacesOlder(job))
            .map(LedgerEntry::queued)
            .toList();
    if (!newer.isEmpty()) {
      ledger.record(newer);
    }
  }

  private boolean replacesOlder(Job job) {
    return ledger
        .find(job.key())
        .map(LedgerEntry::job)
        .filter(known -> !known.revision().equals(job.revision()))
        .filter(known -> known.createdAt().isBefore(job.createdAt()))
        .isPresent();
  }
}
