package io.backbeat.bulk;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkTask;
import io.backbeat.store.Leadership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the tasks of a store while its process leads, one small step of each in turn, so that
 * what an operator says takes effect soon. Used by one thread at a time.
 *
 * <p>Effects of a step in this order: queue what was found, save where the walk stands. A crash in
 * between repeats the step, and finds that what was queued has a job. Of two processes that both
 * believe to lead, one saves a step, and the other goes on from there.
 */
public final class BulkRunner {
  /** What the process with the runner is chosen for. */
  public static final String TASK = "bulk";

  private static final Logger LOG = LoggerFactory.getLogger(BulkRunner.class);

  /** How many items a step looks at, at most. */
  private static final int STEP = 100;

  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

  private final BulkRuns runs;
  private final BulkWalks walks;
  private final Sweeps sweeps;
  private final SweepPolicy policy;
  private final Leadership leadership;
  private final Clock clock;
  private final Map<String, Instant> turns = new HashMap<>();

  /** Works on the tasks of a store. */
  public BulkRunner(
      BulkTaskStore store,
      BulkWalks walks,
      SweepPolicy policy,
      Leadership leadership,
      Clock clock) {
    this.runs = new BulkRuns(store);
    this.walks = walks;
    this.sweeps = new Sweeps(runs, policy, clock);
    this.policy = policy;
    this.leadership = leadership;
    this.clock = clock;
  }

  /**
   * A step of each task whose turn has come.
   *
   * @return how long to wait before the next round
   * @throws BackbeatException INTERNAL_ERROR if the tasks cannot be read; a retry is safe
   */
  public Duration round() {
    if (!leadership.leads(TASK)) {
      turns.clear();
      return IDLE;
    }
    sweeps.beginIfDue();
    List<BulkRuns.Kept> active = runs.list().stream().filter(kept -> kept.run().active()).toList();
    turns.keySet().retainAll(active.stream().map(kept -> kept.run().task().id()).toList());
    Duration wait = IDLE;
    for (BulkRuns.Kept kept : active) {
      Duration left = turn(kept);
      wait = left.compareTo(wait) < 0 ? left : wait;
    }
    return wait;
  }

  /** How long until the next turn of a task. */
  private Duration turn(BulkRuns.Kept kept) {
    String id = kept.run().task().id();
    Instant turn = turns.getOrDefault(id, Instant.MIN);
    Instant now = clock.instant();
    if (!now.isBefore(turn)) {
      turn = now.plus(step(kept));
      turns.put(id, turn);
    }
    Duration left = Duration.between(clock.instant(), turn);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** How long the task is left alone then. */
  private Duration step(BulkRuns.Kept kept) {
    BulkRun run = kept.run();
    try {
      Found found = walks.of(run.task()).look(run.cursor(), Pace.limit(run, STEP));
      int queued = run.planned() ? walks.queue(found) : 0;
      save(kept, run.advanced(found, queued, clock.instant()));
      return Pace.after(run, found, queued, policy);
    } catch (BackbeatException e) {
      LOG.warn("task {}: {}; trying again", run.task().id(), e.getMessage());
      String why = String.valueOf(e.getMessage());
      if (!run.task().error().equals(why)) {
        save(kept, run.hindered(why));
      }
      return AFTER_ERROR;
    } catch (RuntimeException e) { // it would come again, and must not hold up other tasks
      LOG.error("task {} fails", run.task().id(), e);
      save(kept, run.failed(e.toString(), clock.instant()));
      return Duration.ZERO;
    }
  }

  private void save(BulkRuns.Kept before, BulkRun after) {
    if (runs.replace(before, after)) {
      log(before.run().task(), after.task());
      return;
    }
    // Either an operator has spoken, or another process has made the same step.
    runs.load(before.run().task().id())
        .filter(now -> now.run().sameStep(before.run()))
        .ifPresent(now -> runs.replace(now, after.obeying(now.run())));
  }

  private static void log(BulkTask before, BulkTask after) {
    if (before.state() != after.state()) {
      LOG.info("task {} is {}: {}", after.id(), after.state(), after.progress());
    }
  }
}
