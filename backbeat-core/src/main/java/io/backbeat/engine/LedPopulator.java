package io.backbeat.engine;

import io.backbeat.populator.QueuePopulator;
import io.backbeat.store.Leadership;
import java.time.Duration;

/**
 * A populator that works while its process leads. It stops after the round under way, and starts
 * where the store says that the last one stopped.
 */
final class LedPopulator {
  private static final Duration WAIT = Duration.ofMillis(200);

  /** How long nobody populates, at most, after this process was chosen. */
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMillis(250);

  private final QueuePopulator populator;
  private final Leadership leadership;
  private volatile boolean leading;

  LedPopulator(QueuePopulator populator, Leadership leadership) {
    this.populator = populator;
    this.leadership = leadership;
  }

  /** One round; answers how long to wait before the next one. */
  Duration round() {
    boolean leads = leadership.leads(Role.POPULATOR_TASK);
    if (!leads || !leading) {
      populator.stepAside();
    }
    leading = leads;
    if (!leads) {
      return UNTIL_ASKED_AGAIN;
    }
    populator.runOnce(WAIT);
    return Duration.ZERO;
  }

  /** Whether the last round worked on the log. */
  boolean leading() {
    return leading;
  }
}
