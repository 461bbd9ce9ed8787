package io.backbeat.api;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a {@link BulkTask} is to do: queue many operations at once. */
public sealed interface BulkRequest {
  /** No limit of the rate. */
  int UNLIMITED = 0;

  /** Which operations, by their names. */
  ObjectSelection selection();

  /** Whether only to count what would be queued. */
  boolean dryRun();

  /**
   * At most so many operations are queued per second, averaged over a few seconds; {@link
   * #UNLIMITED} for as many as the stores take.
   */
  int operationsPerSecond();

  /**
   * Goes through the metadata of objects and queues a job for each version that is to be at a
   * location, is not, and has no job. A version whose job is queued, waits for its next attempt or
   * is gone meanwhile is left alone.
   *
   * @param selection which versions and locations
   * @param modified when the version was written last
   * @param statuses the statuses at the location that count: PENDING finds what has lost its job;
   *     FAILED also gives what failed one more round of attempts; COMPLETED copies again what the
   *     location has, or should have, except versions whose data is in a transient source, where it
   *     may be deleted already. REPLICA is none of them
   * @param dryRun whether only to count
   * @param operationsPerSecond the most that are queued, 0 for no limit
   */
  record Resync(
      ObjectSelection selection,
      TimeRange modified,
      Set<SiteStatus> statuses,
      boolean dryRun,
      int operationsPerSecond)
      implements BulkRequest {
    /** Checks that there is a status, and none that cannot be. */
    public Resync {
      Objects.requireNonNull(selection, "selection");
      Objects.requireNonNull(modified, "modified");
      if (statuses.isEmpty() || statuses.contains(SiteStatus.REPLICA)) {
        throw new IllegalArgumentException(
            "statuses must be some of PENDING, FAILED and COMPLETED, were " + statuses);
      }
      statuses = Set.copyOf(EnumSet.copyOf(statuses));
      Checks.notNegative(operationsPerSecond, "operationsPerSecond");
    }

    /** Queues what has lost its job, as fast as it goes. */
    public static Resync of(ObjectSelection selection) {
      return new Resync(selection, TimeRange.ALWAYS, Set.of(SiteStatus.PENDING), false, UNLIMITED);
    }

    /** The same, but only counting. */
    public Resync planOnly() {
      return new Resync(selection, modified, statuses, true, operationsPerSecond);
    }

    /** The same of other statuses. */
    public Resync of(Set<SiteStatus> others) {
      return new Resync(selection, modified, others, dryRun, operationsPerSecond);
    }

    /** The same at another rate. */
    public Resync atMost(int perSecond) {
      return new Resync(selection, modified, statuses, dryRun, perSecond);
    }
  }

  /**
   * Queues failed operations for one more round of attempts.
   *
   * @param selection which versions and locations
   * @param failed when the last attempt failed
   * @param errorClass only with this {@link FailedOperation#errorClass}; empty for any
   * @param dryRun whether only to count
   * @param operationsPerSecond the most that are queued, 0 for no limit
   */
  record Retry(
      ObjectSelection selection,
      TimeRange failed,
      Optional<String> errorClass,
      boolean dryRun,
      int operationsPerSecond)
      implements BulkRequest {
    /** Checks the rate and that an error class is not empty. */
    public Retry {
      Objects.requireNonNull(selection, "selection");
      Objects.requireNonNull(failed, "failed");
      errorClass.ifPresent(name -> Checks.notEmpty(name, "errorClass"));
      Checks.notNegative(operationsPerSecond, "operationsPerSecond");
    }

    /** Queues all failures, as fast as it goes. */
    public static Retry of(ObjectSelection selection) {
      return new Retry(selection, TimeRange.ALWAYS, Optional.empty(), false, UNLIMITED);
    }

    /** The same, but only counting. */
    public Retry planOnly() {
      return new Retry(selection, failed, errorClass, true, operationsPerSecond);
    }

    /** The same at another rate. */
    public Retry atMost(int perSecond) {
      return new Retry(selection, failed, errorClass, dryRun, perSecond);
    }
  }
}
