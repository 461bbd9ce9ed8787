package io.backbeat.bulk;

import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Begins the search for versions that have lost their jobs when its time has come. There is one at
 * a time in a cluster; one that an operator paused stays paused. Used by one thread at a time.
 */
final class Sweeps {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final BulkRuns runs;
  private final SweepPolicy policy;
  private final Clock clock;
  private Instant nextLook;

  Sweeps(BulkRuns runs, SweepPolicy policy, Clock clock) {
    this.runs = runs;
    this.policy = policy;
    this.clock = clock;
    this.nextLook = clock.instant().plus(policy.firstAfter());
  }

  /** Begins one if it is time. */
  void beginIfDue() {
    Instant now = clock.instant();
    if (!policy.on() || now.isBefore(nextLook)) {
      return;
    }
    Optional<BulkRuns.Kept> last = runs.load(BulkTask.SWEEP);
    if (isDue(last.map(BulkRuns.Kept::run), now)) {
      BulkRun sweep = BulkRun.beginUnplanned(BulkTask.SWEEP, request(now), now);
      // Whoever was faster has begun the same one.
      last.ifPresentOrElse(kept -> runs.replace(kept, sweep), () -> runs.add(sweep));
    }
    nextLook = now.plus(policy.every().compareTo(LOOK_EVERY) < 0 ? policy.every() : LOOK_EVERY);
  }

  private boolean isDue(Optional<BulkRun> last, Instant now) {
    return last.map(BulkRun::task)
        .map(task -> task.ended() && !now.isBefore(task.createdAt().plus(policy.every())))
        .orElse(true);
  }

  private Resync request(Instant now) {
    return new Resync(
        ObjectSelection.ALL,
        TimeRange.before(now.minus(policy.olderThan())),
        Set.of(SiteStatus.PENDING),
        false,
        policy.operationsPerSecond());
  }
}
