package io.backbeat.status;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.RefusedJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues jobs again because an operator asked for it. Effects in this order: claim the ledger
 * entry, move the status, publish the job, give the claim back, tell the listener. The claim is
 * atomic and expires, so that two requests queue a job once, and a crash between two steps only
 * delays the job until the claim has expired. Thread-safe; holds no lock.
 */
public final class JobRetry {
  private static final Logger log = LoggerFactory.getLogger(JobRetry.class);

  /** How long a claim lasts; much longer than queueing a batch takes. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  /**
   * Requests whose effects are made together; what is claimed at a time must be queued well within
   * the lease.
   */
  private static final int BATCH = 100;

  private final FailedJobStore ledger;
  private final StatusStore statuses;
  private final JobQueue queue;
  private final JobSource source;
  private final JobEvent.Listener listener;
  private final Clock clock;
  private final boolean tellsRoles;

  /** Retries jobs of a ledger, and tells no roles; the parameters are those below. */
  public JobRetry(
      FailedJobStore ledger,
      StatusStore statuses,
      JobQueue queue,
      JobSource source,
      JobEvent.Listener listener,
      Clock clock) {
    this(ledger, statuses, queue, source, listener, clock, false);
  }

  /**
   * Retries jobs of a ledger.
   *
   * @param ledger where unfinished and failed jobs are kept
   * @param statuses where the statuses of object versions are kept
   * @param queue where jobs are queued
   * @param source makes the job of a forced request that is not recorded, and of one that is
   *     recorded without its payload
   * @param listener hears {@link JobEvent.Requeued} of jobs that had failed, and {@link
   *     JobEvent.Dropped} of jobs that were still pending, after all effects; an exception is
   *     logged
   * @param clock what time it is
   * @param tellsRoles whether results have the role of the source, as the original's have where
   *     sources are read in that role
   */
  public JobRetry(
      FailedJobStore ledger,
      StatusStore statuses,
      JobQueue queue,
      JobSource source,
      JobEvent.Listener listener,
      Clock clock,
      boolean tellsRoles) {
    this.ledger = ledger;
    this.statuses = statuses;
    this.queue = queue;
    this.source = source;
    this.listener = listener;
    this.clock = clock;
    this.tellsRoles = tellsRoles;
  }

  /**
   * Queues one more attempt for each request that names a recorded failure, or with {@code force}
   * any version that is to be at the location and is not. Requests for the same version and
   * location count once. All is durable on return.
   *
   * @return what was queued, in the order of the requests
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer: some, all
   *     or none are queued; those whose metadata could be read are. What was claimed and not queued
   *     is queued by itself once the claim has expired; asking again is harmless
   */
  public List<RetryResult> retry(Collection<RetryRequest> requests) {
    Map<JobKey, RetryRequest> distinct = new LinkedHashMap<>();
    requests.forEach(request -> distinct.putIfAbsent(keyOf(request), request));
    List<RetryRequest> all = List.copyOf(distinct.values());
    List<RetryResult> results = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      results.addAll(retryBatch(all.subList(from, Math.min(from + BATCH, all.size()))));
    }
    return results;
  }

  /**
   * Queues jobs that no queue has, with no attempt made. One whose version was replaced, deleted or
   * dealt with meanwhile is left out. All is durable on return; queueing the same job twice is
   * recognised by its processor.
   *
   * @return how many were queued
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR as from {@link #retry}
   */
  public int submit(List<MissingJob> missing) {
    int queued = 0;
    for (int from = 0; from < missing.size(); from += BATCH) {
      queued += submitBatch(missing.subList(from, Math.min(from + BATCH, missing.size())));
    }
    return queued;
  }

  private int submitBatch(List<MissingJob> missing) {
    Instant due = now().plus(LEASE);
    List<LedgerEntry> recorded = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    for (MissingJob one : missing) {
      Job job = one.job().withAttempt(0);
      LedgerEntry entry =
          new LedgerEntry(job, JobState.WAITING, one.failure(), Optional.of(due), 0);
      if (one.replacesOlder()) {
        recorded.add(LedgerEntry.queued(job));
      }
      recorded.add(entry);
      claims.add(
          new Claim(
              entry,
              counted(one),
              one.status() == SiteStatus.COMPLETED
                  ? StatusEvent.RESYNC_REQUESTED
                  : StatusEvent.RETRY_REQUESTED));
    }
    ledger.record(recorded);
    return queue(claims).size();
  }

  private static Counted counted(MissingJob missing) {
    return switch (missing.status()) {
      case FAILED -> Counted.FAILED;
      case PENDING -> missing.recorded().isPresent() ? Counted.PENDING : Counted.NEVER;
      case COMPLETED, REPLICA -> Counted.NEVER; // an entry is of a job that has ended, or a claim
    };
  }

  private List<RetryResult> retryBatch(List<RetryRequest> requests) {
    List<Claim> claims = new ArrayList<>();
    List<BackbeatException> errors = new ArrayList<>();
    for (RetryRequest request : requests) {
      try {
        claim(request).ifPresent(claims::add);
      } catch (BackbeatException e) { // one bucket that cannot be read must not stop the others
        errors.add(e);
      }
    }
    List<RetryResult> results =
        queue(claims).stream().map(claim -> result(claim.entry().job())).toList();
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
    return results;
  }

  /** The effects that follow a claim; gives those that were queued. */
  private List<Claim> queue(List<Claim> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<Claim> accepted = moveStatuses(claims);
    if (accepted.isEmpty()) {
      return List.of();
    }
    List<Claim> published = publish(accepted);
    ledger.requeued(published.stream().map(Claim::entry).toList());
    Instant now = clock.instant();
    for (Claim claim : published) {
      Job job = claim.entry().job();
      switch (claim.counted()) {
        case FAILED -> tell(new JobEvent.Requeued(job, now));
        case NEVER -> tell(new JobEvent.Queued(job, now));
        case PENDING -> {}
      }
    }
    return published;
  }

  /** One that is too large for its queue keeps no other from it, and fails again. */
  private List<Claim> publish(List<Claim> claims) {
    List<RefusedJob> refused =
        queue.publishAccepted(claims.stream().map(claim -> claim.entry().job()).toList());
    if (refused.isEmpty()) {
      return claims;
    }
    Instant now = now();
    ledger.record(
        refused.stream()
            .map(job -> LedgerEntry.failed(job.job(), LedgerEntry.Failure.of(job, now)))
            .toList());
    log.warn(
        "{} jobs cannot be queued; first: {}", refused.size(), refused.get(0).why().getMessage());
    Set<JobKey> failed = refused.stream().map(job -> job.job().key()).collect(Collectors.toSet());
    return claims.stream().filter(claim -> !failed.contains(claim.entry().job().key())).toList();
  }

  private Optional<Claim> claim(RetryRequest request) {
    JobKey key = keyOf(request);
    Optional<LedgerEntry> failed = ledger.takeFailed(key, now(), LEASE);
    if (failed.isPresent()) {
      return completed(failed.get()).map(entry -> retried(entry.withAttempt(0), Counted.FAILED));
    }
    return request.force() ? claimForced(key) : Optional.empty();
  }

  /**
   * Gives a claimed entry what it needs to be run. One for which nothing can be made goes back to
   * the failed ones, unless its version is gone.
   */
  private Optional<LedgerEntry> completed(LedgerEntry claimed) {
    Optional<Job> whole = source.complete(claimed.job());
    if (whole.isPresent()) {
      return whole.map(job -> job.equals(claimed.job()) ? claimed : replaced(claimed, job));
    }
    Job job = claimed.job();
    if (statusAt(job.object(), job.location()).isPresent()) {
      ledger.record(List.of(LedgerEntry.failed(job, claimed.failure().orElseGet(this::asked))));
    } else {
      ledger.remove(List.of(new FailedJobStore.Finished(job.key(), job.revision())));
    }
    return Optional.empty();
  }

  /** The metadata may tell another revision; only a freshly queued entry takes over from that. */
  private LedgerEntry replaced(LedgerEntry claimed, Job job) {
    LedgerEntry entry =
        LedgerEntry.waiting(
            job,
            claimed.failure().orElseGet(this::asked),
            claimed.nextAttempt().orElseGet(this::now));
    if (!job.revision().equals(claimed.job().revision())) {
      ledger.record(List.of(LedgerEntry.queued(job)));
    }
    ledger.record(List.of(entry));
    return entry;
  }

  /**
   * A forced request without a recorded failure. A job that is in its queue needs no other one; one
   * that waits for its next attempt gets it now; one that the ledger does not know is made anew,
   * unless the location has the version already.
   */
  private Optional<Claim> claimForced(JobKey key) {
    Optional<LedgerEntry> recorded = ledger.find(key);
    if (recorded.isPresent()) {
      return recorded
          .filter(entry -> entry.state() == JobState.WAITING)
          .flatMap(this::completed)
          .map(
              entry -> claim(entry.job(), entry.failure().orElseGet(this::asked), Counted.PENDING));
    }
    return statusAt(key.object(), key.location())
        .filter(status -> status == SiteStatus.PENDING || status == SiteStatus.FAILED)
        .flatMap(
            status ->
                source
                    .jobFor(key.object(), key.location())
                    .map(
                        job ->
                            claim(
                                job,
                                asked(),
                                status == SiteStatus.FAILED ? Counted.FAILED : Counted.PENDING)));
  }

  /**
   * Puts the job into the ledger before anything else happens to it, due when the lease is over: a
   * crash does not lose it.
   */
  private Claim claim(Job job, LedgerEntry.Failure failure, Counted counted) {
    LedgerEntry entry = LedgerEntry.waiting(job.withAttempt(0), failure, now().plus(LEASE));
    ledger.record(List.of(entry));
    return retried(entry, counted);
  }

  private static Claim retried(LedgerEntry entry, Counted counted) {
    return new Claim(entry, counted, StatusEvent.RETRY_REQUESTED);
  }

  private LedgerEntry.Failure asked() {
    return new LedgerEntry.Failure(
        now(), now(), "ForceRetry", "queued again by force, without a recorded failure");
  }

  private Optional<SiteStatus> statusAt(ObjectVersion object, LocationName location) {
    return Optional.ofNullable(statuses.find(List.of(object)).get(object))
        .flatMap(tracked -> tracked.at(location))
        .map(site -> site.status());
  }

  /**
   * Moves statuses to PENDING. A claim whose version is gone, replaced or done is dropped from the
   * ledger: nothing is to be retried.
   */
  private List<Claim> moveStatuses(List<Claim> claims) {
    List<StatusResult> outcomes = statuses.apply(claims.stream().map(JobRetry::change).toList());
    List<Claim> accepted = new ArrayList<>();
    List<Claim> dropped = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      if (outcomes.get(i) instanceof StatusResult.Applied) {
        accepted.add(claims.get(i));
      } else {
        dropped.add(claims.get(i));
      }
    }
    if (!dropped.isEmpty()) {
      drop(dropped);
    }
    return accepted;
  }

  private void drop(List<Claim> claims) {
    List<Job> jobs = claims.stream().map(claim -> claim.entry().job()).toList();
    ledger.remove(
        jobs.stream().map(job -> new FailedJobStore.Finished(job.key(), job.revision())).toList());
    Instant now = clock.instant();
    claims.stream()
        .filter(claim -> claim.counted() == Counted.PENDING)
        .forEach(
            claim ->
                tell(
                    new JobEvent.Dropped(
                        claim.entry().job(), "nothing to retry: replaced, deleted or done", now)));
  }

  private static StatusChange change(Claim claim) {
    Job job = claim.entry().job();
    return new StatusChange(job.object(), job.location(), job.revision(), claim.asks(), "");
  }

  private void tell(JobEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      log.warn("a listener failed on {}", event, e);
    }
  }

  private RetryResult result(Job job) {
    return new RetryResult(
        job.object(),
        job.location(),
        job.bytes(),
        job.createdAt(),
        SiteStatus.PENDING,
        tellsRoles ? role(job) : Optional.empty());
  }

  /** The first of the roles; the other one, if there is one, is that of the destination. */
  private static Optional<String> role(Job job) {
    try {
      String roles = ObjectMetadata.parse(job.payload()).replicationInfo().role();
      return Optional.of(roles.split(",", 2)[0]).filter(role -> !role.isEmpty());
    } catch (IllegalArgumentException noMetadata) {
      return Optional.empty();
    }
  }

  private static JobKey keyOf(RetryRequest request) {
    return new JobKey(JobType.REPLICATION, request.object(), request.location());
  }

  /**
   * In milliseconds, because that is what every store keeps: an entry must be found as it was
   * recorded.
   */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * A job that is ours to queue.
   *
   * @param entry WAITING until the lease is over, with no attempt made
   * @param counted as what the job counts so far
   * @param asks how the status is to move
   */
  private record Claim(LedgerEntry entry, Counted counted, StatusEvent asks) {}

  /** What counters have of a job. */
  private enum Counted {
    /** It counts as pending, and goes on doing so. */
    PENDING,
    /** It had failed for good, and counts as pending again. */
    FAILED,
    /** Nobody has counted it, or it was done. */
    NEVER
  }
}
