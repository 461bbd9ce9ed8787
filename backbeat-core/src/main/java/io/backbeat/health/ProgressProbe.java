package io.backbeat.health;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The health of something that works off a backlog, by its progress and not by whether its threads
 * are alive: there was work all the time, none of it was finished for long, and nobody said that
 * this is to be so. Thread-safe.
 *
 * <p>Sees time only when it is asked, so a stall is noticed by the first question that comes {@code
 * stallAfter} after another one that found the same backlog.
 */
public final class ProgressProbe implements Supplier<ComponentHealth> {
  /** Whether work is meant to go on. */
  public enum Activity {
    /** Yes. */
    RUNNING,
    /** No, an operator wants it to wait. */
    PAUSED,
    /** No, another process does it. */
    ELSEWHERE,
    /** Hardly: the circuit breaker lets nothing, or only probes, through. */
    BREAKER_OPEN
  }

  /**
   * What is seen of the work at one moment.
   *
   * @param lag work not finished, 0 or more
   * @param progress any number that changes whenever work is finished, for example the sum of
   *     committed offsets; bytes moved may be added where a single piece of work takes longer than
   *     {@code stallAfter}
   * @param activity whether work is meant to go on
   */
  public record Observation(long lag, long progress, Activity activity) {}

  /** Where the work stood when it was first seen there, and whether it was meant to get on. */
  private record Mark(long progress, boolean working, Instant since) {
    Mark next(Observation seen, Instant now) {
      boolean works = seen.lag() > 0 && seen.activity() == Activity.RUNNING;
      boolean stands = works && working && seen.progress() == progress;
      return stands ? this : new Mark(seen.progress(), works, now);
    }
  }

  private final String component;
  private final Supplier<Observation> work;
  private final Duration stallAfter;
  private final Clock clock;
  private final AtomicReference<Mark> mark;

  /**
   * Watches some work from now on.
   *
   * @param component the name in reports, for example the queue
   * @param work looks at the work; may throw, which counts as failing
   * @param stallAfter how long nothing may be finished while there is work
   * @param clock what time it is
   */
  public ProgressProbe(
      String component, Supplier<Observation> work, Duration stallAfter, Clock clock) {
    this.component = component;
    this.work = work;
    this.stallAfter = stallAfter;
    this.clock = clock;
    this.mark = new AtomicReference<>(new Mark(0, false, clock.instant()));
  }

  /** This probe for a {@link HealthReporter}. */
  public HealthProbe asProbe() {
    return new HealthProbe(component, this);
  }

  @Override
  public ComponentHealth get() {
    Observation seen = work.get();
    Instant now = clock.instant();
    Mark stands = mark.updateAndGet(before -> before.next(seen, now));
    return judge(seen, Duration.between(stands.since(), now));
  }

  private ComponentHealth judge(Observation seen, Duration standing) {
    if (seen.activity() == Activity.PAUSED) {
      return health(State.OK, "paused by an operator, " + seen.lag() + " waiting");
    }
    if (seen.activity() == Activity.ELSEWHERE) {
      return health(State.OK, "another process does this");
    }
    if (seen.activity() == Activity.BREAKER_OPEN) {
      return health(
          State.DEGRADED,
          "circuit breaker is open, the destination does not work; " + seen.lag() + " waiting");
    }
    if (standing.compareTo(stallAfter) >= 0) {
      return health(
          State.FAILING,
          component
              + " has "
              + seen.lag()
              + " waiting and finished nothing for "
              + standing.toSeconds()
              + " s");
    }
    return health(State.OK, "");
  }

  private ComponentHealth health(State state, String detail) {
    return new ComponentHealth(component, state, detail);
  }
}
