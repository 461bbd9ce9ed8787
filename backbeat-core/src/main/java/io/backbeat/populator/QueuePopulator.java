package io.backbeat.populator;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import io.backbeat.log.MetadataLog;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.RefusedJob;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobSource;
import io.backbeat.status.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the metadata log, plans jobs, queues them, and only then saves the position. A crash
 * anywhere repeats a batch and loses nothing; what is repeated is recognised by the queue's
 * processor. A record that nobody can read is set aside and the loop goes on.
 *
 * <p>One thread at a time calls {@link #runOnce}; the counts may be read from any thread.
 */
public final class QueuePopulator {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePopulator.class);

  private static final Duration IDLE_SAVE = Duration.ofSeconds(10);

  private final MetadataLog log;
  private final LogPositionStore positions;
  private final QuarantineStore quarantine;
  private final FailedJobStore ledger;
  private final GoneFailures goneFailures;
  private final JobQueue queue;
  private final List<JobPlanner> planners;
  private final JobSource current;
  private final Consumer<List<JobEvent>> events;
  private final Clock clock;
  private final int batchSize;
  private Optional<Instant> idleSave = Optional.empty();
  private volatile Counts counts = Counts.NONE;
  private volatile Optional<LogPosition> position = Optional.empty();
  private volatile Optional<Instant> readUpTo = Optional.empty();

  /** Whether the last save found that another populator had been faster. */
  private boolean overtaken;

  /**
   * What a populator has dealt with since it was made.
   *
   * @param entries log entries read
   * @param jobs jobs queued
   * @param quarantined records set aside
   */
  public record Counts(long entries, long jobs, long quarantined) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(long moreEntries, long moreJobs, long moreQuarantined) {
      return new Counts(entries + moreEntries, jobs + moreJobs, quarantined + moreQuarantined);
    }
  }

  /** Every planner sees every entry, in order. For a populator that has no rival. */
  public QueuePopulator(
      MetadataLog log,
      LogPositionStore positions,
      QuarantineStore quarantine,
      FailedJobStore ledger,
      JobQueue queue,
      List<JobPlanner> planners,
      Consumer<List<JobEvent>> events,
      Clock clock,
      int batchSize) {
    this(
        log,
        positions,
        quarantine,
        ledger,
        queue,
        planners,
        (object, location) -> Optional.empty(),
        events,
        clock,
        batchSize);
  }

  /**
   * Every planner sees every entry, in order.
   *
   * @param current tells which job a version has now, should this populator have queued an older
   *     one behind a rival's back
   */
  public QueuePopulator(
      MetadataLog log,
      LogPositionStore positions,
      QuarantineStore quarantine,
      FailedJobStore ledger,
      JobQueue queue,
      List<JobPlanner> planners,
      JobSource current,
      Consumer<List<JobEvent>> events,
      Clock clock,
      int batchSize) {
    this.log = log;
    this.positions = positions;
    this.quarantine = quarantine;
    this.ledger = ledger;
    this.goneFailures = new GoneFailures(ledger);
    this.queue = queue;
    this.planners = List.copyOf(planners);
    this.current = current;
    this.events = events;
    this.clock = clock;
    this.batchSize = batchSize;
  }

  /**
   * Deals with the next batch of the log. Where another populator has saved a newer position
   * meanwhile, this one goes on from there.
   *
   * @param wait how long to wait for a first entry
   * @return how many records were dealt with
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again is safe
   */
  public int runOnce(Duration wait) {
    LogPosition from = claimPosition();
    LogBatch batch = log.read(from, batchSize, wait);
    if (batch.isEmpty()) {
      moveOn(from, batch.next());
      return 0;
    }
    Planned planned = plan(batch.entries());
    List<QuarantinedEntry> bad = new ArrayList<>(batch.unreadable());
    bad.addAll(planned.malformed());
    goneFailures.forget(batch.entries());
    List<RefusedJob> refused = enqueue(planned.jobs(), bad);
    if (save(batch.next(), planned.jobs())) {
      tell(planned.jobs(), refused);
    }
    if (!batch.entries().isEmpty()) {
      readUpTo = Optional.of(batch.entries().get(batch.entries().size() - 1).timestamp());
    }
    counts = counts.plus(batch.entries().size(), planned.jobs().size(), bad.size());
    return batch.entries().size() + batch.unreadable().size();
  }

  /**
   * A log may go on without an entry for us, and forget what it was at long ago. The position is
   * saved now and then only, because nothing depends on it.
   */
  private void moveOn(LogPosition from, LogPosition next) {
    if (next.equals(from)) {
      return;
    }
    position = Optional.of(next);
    Instant now = clock.instant();
    if (idleSave.isEmpty() || !now.isBefore(idleSave.get().plus(IDLE_SAVE))) {
      save(next, List.of());
      idleSave = Optional.of(now);
    }
  }

  /**
   * Whether the batch is this populator's: only then its jobs are told, so that a batch counts once
   * that is read again because the store did not answer, or by a rival.
   *
   * <p>What was queued by both is recognised by the queue's processor as having been done already.
   * A change that only the faster one has read may have lost its place in the ledger to the older
   * one that was recorded here, and gets it back.
   */
  private boolean save(LogPosition next, List<Job> queued) {
    try {
      positions.save(log.name(), next);
      position = Optional.of(next);
      overtaken = false;
      return true;
    } catch (BackbeatException e) {
      if (e.code() != ErrorCode.CONFLICT) {
        throw e;
      }
      List<Job> newer = queued.stream().flatMap(job -> newer(job).stream()).toList();
      List<RefusedJob> unused = enqueue(newer, List.of());
      position = Optional.empty();
      if (!overtaken) {
        LOG.warn(
            "{}: another populator has read further; going on from where it is: {}",
            log.name(),
            e.getMessage());
      }
      overtaken = true;
      return false;
    }
  }

  private Optional<Job> newer(Job queued) {
    return queued.key().type().tracksStatus()
        ? current
            .jobFor(queued.object(), queued.location())
            .filter(now -> !now.revision().equals(queued.revision()))
        : Optional.empty();
  }

  /**
   * Forgets how far the log was read, which is then asked of the store again. To be called while
   * another populator may be at work, by the thread that calls {@link #runOnce}.
   */
  public void stepAside() {
    position = Optional.empty();
  }

  /**
   * Plans a quarantined record again, after whatever was wrong with it or with us was put right.
   *
   * @param where its position
   * @return false if there is no such record, or it still cannot be understood; it stays in
   *     quarantine then
   */
  public boolean replay(LogPosition where) {
    Optional<QuarantinedEntry> found = quarantine.find(where);
    if (found.isEmpty() || found.get().key().isEmpty()) {
      return false;
    }
    QuarantinedEntry entry = found.get();
    Planned planned =
        plan(
            List.of(
                new LogEntry(
                    where,
                    LogEntry.Operation.PUT,
                    entry.bucket(),
                    entry.key(),
                    entry.value(),
                    clock.instant())));
    if (!planned.malformed().isEmpty()) {
      return false;
    }
    List<Job> jobs = planned.jobs().stream().filter(this::isNewest).toList();
    tell(jobs, enqueue(jobs, List.of()));
    return quarantine.remove(where);
  }

  /**
   * A change of the version that came after the quarantined one has a job of its own, which must
   * not be replaced.
   */
  private boolean isNewest(Job job) {
    return ledger
        .find(job.key())
        .filter(known -> !known.job().revision().equals(job.revision()))
        .isEmpty();
  }

  /** What was dealt with so far. */
  public Counts counts() {
    return counts;
  }

  /** Entries of the log that were not dealt with yet. */
  public long lag() {
    return log.lag(position());
  }

  /** When the log recorded what was read last; empty if this populator read nothing yet. */
  public Optional<Instant> readUpTo() {
    return readUpTo;
  }

  /**
   * How far the log is dealt with.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  public synchronized LogPosition position() {
    return stored();
  }

  /**
   * From here on nobody else in this process loads the position until it is saved: a store that
   * compares would take that for having seen what another process saved.
   */
  private synchronized LogPosition claimPosition() {
    LogPosition from = stored();
    position = Optional.of(from);
    return from;
  }

  private LogPosition stored() {
    return position.or(() -> positions.load(log.name())).orElse(LogPosition.BEGINNING);
  }

  private record Planned(List<Job> jobs, List<QuarantinedEntry> malformed) {}

  private Planned plan(List<LogEntry> entries) {
    List<Job> jobs = new ArrayList<>(entries.size());
    List<QuarantinedEntry> malformed = new ArrayList<>();
    Instant now = clock.instant();
    for (LogEntry entry : entries) {
      for (JobPlanner planner : planners) {
        Plan plan = plan(planner, entry);
        if (plan instanceof Plan.Queue found) {
          jobs.addAll(found.jobs());
        } else if (plan instanceof Plan.Malformed bad) {
          malformed.add(
              new QuarantinedEntry(
                  entry.position(), entry.bucket(), entry.key(), entry.value(), bad.reason(), now));
          break; // set aside once, whatever the other planners say
        }
      }
    }
    return new Planned(jobs, malformed);
  }

  private static Plan plan(JobPlanner planner, LogEntry entry) {
    try {
      return planner.plan(entry);
    } catch (Throwable e) { // a planner may be foreign code; one entry must not stop the log
      LOG.warn(
          "Planner {} threw on {}/{}",
          planner.getClass().getName(),
          entry.bucket(),
          entry.key(),
          e);
      return new Plan.Malformed("planner " + planner.getClass().getName() + " threw " + e);
    }
  }

  /**
   * The ledger comes before the queue: otherwise a fast processor could finish a job before the
   * ledger hears of it.
   *
   * @return jobs that are too large for the queue. The log must go on without them: they fail for
   *     good and stay listed, to be retried when the queue takes them
   */
  private List<RefusedJob> enqueue(List<Job> jobs, List<QuarantinedEntry> bad) {
    if (!bad.isEmpty()) {
      quarantine.add(bad);
      LOG.warn("{}: {} records set aside; first: {}", log.name(), bad.size(), bad.get(0).reason());
    }
    if (jobs.isEmpty()) {
      return List.of();
    }
    ledger.record(jobs.stream().map(LedgerEntry::queued).toList());
    List<RefusedJob> refused = queue.publishAccepted(jobs);
    if (!refused.isEmpty()) {
      Instant now = clock.instant();
      ledger.record(
          refused.stream()
              .map(job -> LedgerEntry.failed(job.job(), LedgerEntry.Failure.of(job, now)))
              .toList());
      LOG.warn(
          "{}: {} jobs cannot be queued; first: {} {}",
          log.name(),
          refused.size(),
          refused.get(0).job().key(),
          refused.get(0).why().getMessage());
    }
    return refused;
  }

  private static JobEvent failed(RefusedJob refused, Instant at) {
    LedgerEntry.Failure why = LedgerEntry.Failure.of(refused, at);
    return new JobEvent.Failed(refused.job(), why.errorClass(), why.message(), at);
  }

  /** A job that was refused counts as queued and as failed, as if its attempt had failed. */
  private void tell(List<Job> jobs, List<RefusedJob> refused) {
    if (jobs.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<JobEvent> all = new ArrayList<>(jobs.size() + refused.size());
    jobs.forEach(job -> all.add(new JobEvent.Queued(job, now)));
    refused.forEach(job -> all.add(failed(job, now)));
    events.accept(all);
  }
}
