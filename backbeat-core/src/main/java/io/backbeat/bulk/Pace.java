package io.backbeat.bulk;

import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import java.time.Duration;

/** How much of a task is done at a time, and how long it rests after that. Pure. */
final class Pace {
  private Pace() {}

  /** How many items a step looks at: no more than may be queued in a second. */
  static int limit(BulkRun run, int most) {
    int rate = run.task().request().operationsPerSecond();
    return !run.planned() || rate == BulkRequest.UNLIMITED ? most : Math.min(most, rate);
  }

  /**
   * How long the task rests after a step, so that its limits hold on average. A plan, which queues
   * nothing, is as slow as the sweep: nobody waits for it so much that clients should.
   */
  static Duration after(BulkRun run, Found found, int queued, SweepPolicy policy) {
    BulkTask task = run.task();
    int rate = task.request().operationsPerSecond();
    Duration forQueued =
        !run.planned() || rate == BulkRequest.UNLIMITED ? Duration.ZERO : time(queued, rate);
    Duration forListed =
        run.planned() && !task.id().equals(BulkTask.SWEEP)
            ? Duration.ZERO
            : time(found.listed(), policy.listedPerSecond());
    return forQueued.compareTo(forListed) < 0 ? forListed : forQueued;
  }

  private static Duration time(long count, int perSecond) {
    return Duration.ofNanos(count * 1_000_000_000L / perSecond);
  }
}
