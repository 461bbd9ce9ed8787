package io.backbeat.engine;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.metrics.PendingCheck;
import io.backbeat.queue.QueueName;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that what is counted as pending does not drift, while its process leads. */
final class PendingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(PendingLoop.class);

  private final Stores stores;
  private final PendingCheck check;
  private final Clock clock;

  private PendingLoop(Stores stores, List<LocationName> destinations, Clock clock) {
    this.stores = stores;
    this.clock = clock;
    this.check =
        new PendingCheck(
            stores.counters(),
            location -> stores.queue().backlog(new QueueName(JobType.REPLICATION, location)),
            this::unfinished,
            destinations,
            clock);
  }

  /** Empty if nobody is to look. */
  static Optional<Loop> of(
      Stores stores, List<LocationName> destinations, Duration pause, Clock clock) {
    if (pause.isZero()) {
      return Optional.empty();
    }
    PendingLoop loop = new PendingLoop(stores, destinations, clock);
    return Optional.of(
        new Loop(
            "pending",
            () -> {
              loop.look();
              return pause;
            }));
  }

  private void look() {
    if (!stores.leadership().leads(Role.PENDING_TASK)) {
      check.forget();
      return;
    }
    try {
      var unused = check.look();
    } catch (BackbeatException e) {
      // Nothing is worse for waiting as long as ever; health says what does not answer.
      LOG.debug("what is counted as pending was not compared with the ledger", e);
    }
  }

  private Amount unfinished(LocationName location) {
    return stores
        .failedJobs()
        .ages(JobType.REPLICATION, location, List.of(clock.instant()))
        .amounts()
        .stream()
        .reduce(Amount.ZERO, Amount::plus);
  }
}
