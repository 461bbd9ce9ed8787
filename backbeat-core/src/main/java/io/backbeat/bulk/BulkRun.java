package io.backbeat.bulk;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.BulkTask.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A task with what is needed to go on with it. Immutable; all its steps are pure.
 *
 * @param task what everybody may see
 * @param cursor where the walk stands
 * @param planned whether it has been counted what there is to do
 * @param measuredFrom since when the rate is measured
 * @param measuredListed how many items had been looked at then, in this walk
 */
record BulkRun(
    BulkTask task, Cursor cursor, boolean planned, Instant measuredFrom, long measuredListed) {
  private static final Duration SHORTEST_MEASURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_MEASURE = Duration.ofSeconds(60);
  private static final Duration LONGEST_BEGINNING = Duration.ofSeconds(30);
  private static final Duration LONGEST_SILENCE = LONGEST_MEASURE.multipliedBy(3);

  /** A task that is to be planned first. */
  static BulkRun begin(String id, BulkRequest request, Instant at) {
    return begin(id, request, State.PLANNING, at);
  }

  /** A task that does not count beforehand. */
  static BulkRun beginUnplanned(String id, BulkRequest request, Instant at) {
    return begin(id, request, State.RUNNING, at);
  }

  private static BulkRun begin(String id, BulkRequest request, State state, Instant at) {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    BulkTask task =
        new BulkTask(
            id,
            request,
            state,
            BulkCounts.NONE,
            BulkCounts.NONE,
            0,
            Optional.empty(),
            now,
            Optional.empty(),
            "");
    return new BulkRun(task, Cursor.START, state == State.RUNNING, now, 0);
  }

  /** Whether there is work to do now. */
  boolean active() {
    return task.state() == State.PLANNING || task.state() == State.RUNNING;
  }

  /** What everybody may see: a task that nobody works on says so. */
  BulkTask seen(Instant now) {
    Duration allowed = listed() > 0 ? LONGEST_SILENCE : LONGEST_BEGINNING;
    boolean silent = Duration.between(measuredFrom, now).compareTo(allowed) > 0;
    return active() && silent && task.error().isEmpty()
        ? hindered(
                "no process works on it; one must run that populates or queues retries (role"
                    + " populator or status)")
            .task
        : task;
  }

  /** Stopped, unless it is not at work. */
  BulkRun paused() {
    return active() ? standing(State.PAUSED, Optional.empty(), task.error()) : this;
  }

  /** At work again, unless it is not paused. */
  BulkRun resumed(Instant now) {
    return task.state() == State.PAUSED
        ? standing(planned ? State.RUNNING : State.PLANNING, Optional.empty(), "").measured(now)
        : this;
  }

  /** Ended, unless it has. */
  BulkRun cancelled(Instant now) {
    return task.ended() ? this : standing(State.CANCELLED, Optional.of(now), task.error());
  }

  /** Ended by an error that would come again. */
  BulkRun failed(String error, Instant now) {
    return standing(State.FAILED, Optional.of(now), error);
  }

  /** Something is in its way, and it will be tried again. */
  BulkRun hindered(String error) {
    return standing(task.state(), Optional.empty(), error);
  }

  /** One step further. */
  BulkRun advanced(Found found, int queued, Instant now) {
    BulkCounts step = found.counts(queued);
    BulkRun further =
        planned
            ? counted(task.plan(), task.progress().plus(step))
            : counted(task.plan().plus(step), task.progress());
    if (found.next().isPresent()) {
      return further.at(found.next().get()).rated(now);
    }
    if (planned || task.request().dryRun()) {
      return further.standing(State.DONE, Optional.of(now), "");
    }
    BulkRun running = further.standing(State.RUNNING, Optional.empty(), "");
    return new BulkRun(running.task, Cursor.START, true, now, 0);
  }

  /**
   * The same, where an operator has spoken meanwhile.
   *
   * @param stored what the store has now: this run as it was before its last step, but paused,
   *     resumed or cancelled
   */
  BulkRun obeying(BulkRun stored) {
    return switch (stored.task.state()) {
      case PAUSED -> paused();
      case CANCELLED -> cancelled(stored.task.endedAt().orElse(measuredFrom));
      default -> this;
    };
  }

  /** Whether both stand at the same place of the same walk. */
  boolean sameStep(BulkRun other) {
    return cursor.equals(other.cursor)
        && planned == other.planned
        && task.createdAt().equals(other.task.createdAt());
  }

  private BulkRun at(Cursor next) {
    return new BulkRun(task, next, planned, measuredFrom, measuredListed);
  }

  private BulkRun measured(Instant now) {
    return new BulkRun(task, cursor, planned, now, listed());
  }

  private long listed() {
    return planned ? task.progress().listed() : task.plan().listed();
  }

  /** With the rate since the last measure, and when it will have ended at that rate. */
  private BulkRun rated(Instant now) {
    Duration measure = Duration.between(measuredFrom, now);
    double rate =
        measure.compareTo(SHORTEST_MEASURE) < 0
            ? task.listedPerSecond()
            : (listed() - measuredListed) * 1e3 / measure.toMillis();
    long left = task.plan().listed() - task.progress().listed();
    Optional<Instant> endsAt =
        planned && rate > 0 && left >= 0 && task.plan().listed() > 0
            ? Optional.of(now.plusMillis(Math.round(left * 1e3 / rate)))
            : Optional.empty();
    BulkRun rated = with(task.state(), rate, endsAt, Optional.empty(), "");
    return measure.compareTo(LONGEST_MEASURE) < 0 ? rated : rated.measured(now);
  }

  private BulkRun standing(State state, Optional<Instant> endedAt, String error) {
    return with(state, 0, Optional.empty(), endedAt, error);
  }

  private BulkRun counted(BulkCounts plan, BulkCounts progress) {
    BulkTask t = task;
    BulkTask counted =
        new BulkTask(
            t.id(),
            t.request(),
            t.state(),
            plan,
            progress,
            t.listedPerSecond(),
            t.endsAt(),
            t.createdAt(),
            t.endedAt(),
            t.error());
    return new BulkRun(counted, cursor, planned, measuredFrom, measuredListed);
  }

  private BulkRun with(
      State state, double rate, Optional<Instant> endsAt, Optional<Instant> endedAt, String error) {
    BulkTask changed =
        new BulkTask(
            task.id(),
            task.request(),
            state,
            task.plan(),
            task.progress(),
            rate,
            endsAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS)),
            task.createdAt(),
            endedAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS)),
            error);
    return new BulkRun(changed, cursor, planned, measuredFrom, measuredListed);
  }
}
