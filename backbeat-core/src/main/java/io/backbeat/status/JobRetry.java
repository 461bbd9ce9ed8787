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
    List<RetryResult> results = queue(claims);
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
    return results;
  }

  private List<RetryResult> queue(List<Claim> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<Claim> accepted = moveStatuses(claims);
    if (accepted.isEmpty()) {
      return List.of();
    }
    queue.publish(accepted.stream().map(claim -> claim.entry().job()).toList());
    ledger.requeued(accepted.stream().map(Claim::entry).toList());
    Instant now = clock.instant();
    accepted.stream()
        .filter(Claim::ended)
        .forEach(claim -> tell(new JobEvent.Requeued(claim.entry().job(), now)));
    return accepted.stream().map(claim -> result(claim.entry().job())).toList();
  }

  private Optional<Claim> claim(RetryRequest request) {
    JobKey key = keyOf(request);
    Optional<LedgerEntry> failed = ledger.takeFailed(key, now(), LEASE);
    if (failed.isPresent()) {
      return completed(failed.get()).map(entry -> new Claim(entry.withAttempt(0), true));
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
          .map(entry -> claim(entry.job(), entry.failure().orElseGet(this::asked), false));
    }
    return statusAt(key.object(), key.location())
        .filter(status -> status == SiteStatus.PENDING || status == SiteStatus.FAILED)
        .flatMap(
            status ->
                source
                    .jobFor(key.object(), key.location())
                    .map(job -> claim(job, asked(), status == SiteStatus.FAILED)));
  }

  /**
   * Puts the job into the ledger before anything else happens to it, due when the lease is over: a
   * crash does not lose it.
   */
  private Claim claim(Job job, LedgerEntry.Failure failure, boolean ended) {
    LedgerEntry entry = LedgerEntry.waiting(job.withAttempt(0), failure, now().plus(LEASE));
    ledger.record(List.of(entry));
    return new Claim(entry, ended);
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
    List<StatusResult> outcomes =
        statuses.apply(claims.stream().map(claim -> change(claim.entry().job())).toList());
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
        .filter(claim -> !claim.ended())
        .forEach(
            claim ->
                tell(
                    new JobEvent.Dropped(
                        claim.entry().job(), "nothing to retry: replaced, deleted or done", now)));
  }

  private static StatusChange change(Job job) {
    return new StatusChange(
        job.object(), job.location(), job.revision(), StatusEvent.RETRY_REQUESTED, "");
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
   * @param ended whether the job had failed for good, so that it counts as pending again; one that
   *     waits for an attempt still does
   */
  private record Claim(LedgerEntry entry, boolean ended) {}
}
