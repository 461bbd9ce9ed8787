package io.backbeat.status;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger of unfinished and failed jobs. Port; thread-safe. Nothing leaves it by itself: an
 * entry is removed when its job is done, when its version is deleted, or by {@link #purge}. Every
 * method throws {@link io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not
 * answer; a retry is safe.
 */
public interface FailedJobStore {
  /**
   * Inserts or replaces the entries of their keys; durable on return. An entry replaces whatever
   * its key has, also of another revision, except that an entry that is not {@link
   * LedgerEntry#queued freshly queued} does not replace one of another revision (an outcome of an
   * older job must not touch the newer one).
   */
  void record(List<LedgerEntry> entries);

  /**
   * Removes the entries of finished jobs; durable on return. An entry of another revision stays.
   *
   * @param finished pairs of key and revision
   */
  void remove(List<Finished> finished);

  /** The entries of a version, all locations and types. */
  List<LedgerEntry> find(ObjectVersion object);

  /** The entry of a key. */
  Optional<LedgerEntry> find(JobKey key);

  /**
   * Failed jobs of a type at a location, newest first, in time proportional to the page. To be
   * looked at, not to be run: their payloads, which can be long, are left empty.
   *
   * @param before only markers smaller than this; {@link Long#MAX_VALUE} for the first page
   */
  List<LedgerEntry> failed(JobType type, LocationName location, long before, int limit);

  /**
   * Takes jobs that are due, of any location: those WAITING with {@code nextAttempt <= now}, oldest
   * first. Each is atomically put off to {@code now + lease}, so that no one else takes it
   * meanwhile and a crash of the taker only delays it. The entries returned have that new {@code
   * nextAttempt}.
   */
  List<LedgerEntry> takeDue(Instant now, Duration lease, int limit);

  /**
   * Says that taken jobs are in their queues again: each becomes QUEUED with the given job, and
   * keeps its history; durable on return. An entry that is no longer as it was taken stays as it is
   * (its job was finished, failed again, or superseded meanwhile), which is why this is called
   * after publishing and is not {@link #record}.
   *
   * @param taken as {@link #takeDue} or {@link #takeFailed} gave them, possibly with another number
   *     of attempts
   */
  void requeued(List<LedgerEntry> taken);

  /**
   * Takes one FAILED job for a retry, atomically: it becomes WAITING, due at {@code now + lease}
   * should the taker crash. The entry returned has that {@code nextAttempt}.
   *
   * @return empty if the key has no FAILED entry
   */
  Optional<LedgerEntry> takeFailed(JobKey key, Instant now, Duration lease);

  /** When the next WAITING job is due. */
  Optional<Instant> nextDue();

  /** How many entries there are, by location and state, of one type. */
  Map<LocationName, Map<JobState, Long>> counts(JobType type);

  /**
   * How many jobs of a type are QUEUED or WAITING at each location, and how many bytes they stand
   * for. Takes a time that grows with the ledger: for rebuilding what was lost, not for every
   * request.
   */
  Map<LocationName, Amount> unfinished(JobType type);

  /**
   * How old the jobs of a type are that are QUEUED or WAITING at a location, by the time of the
   * client write, and which one is the oldest. Exact to the millisecond. An index has all that is
   * asked, and all its entries of the location are read at each call, so the time grows with the
   * number of such jobs, without a limit. Callers who ask often remember the answer for a while.
   *
   * @param bounds one or more, each earlier than the one before
   */
  JobAges ages(JobType type, LocationName location, List<Instant> bounds);

  /**
   * Removes FAILED entries whose last failure is before an instant; durable on return. Returns how
   * many.
   */
  long purge(Instant lastFailureBefore);

  /**
   * A finished job.
   *
   * @param key what it was about
   * @param revision which client write asked for it
   */
  record Finished(JobKey key, String revision) {}
}
