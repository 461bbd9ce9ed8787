package io.backbeat.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Spares a destination that does not work, and the jobs that would be wasted on it. One per
 * location.
 *
 * <p>Opens when the destination is down and lets nothing through; after a while lets one job at a
 * time through; a success closes it, a failure opens it again for twice as long. Time passes by the
 * clock alone: no thread, nothing scheduled. Thread-safe.
 */
public final class CircuitBreaker {
  /** What the breaker lets through. */
  public enum State {
    /** Everything. */
    CLOSED,
    /** Nothing until {@link #probeAt()}. */
    OPEN,
    /** One at a time, to see whether the destination works again. */
    HALF_OPEN
  }

  /** What moves the breaker. */
  public enum Event {
    /** The destination did what it was asked. */
    SUCCEEDED,
    /** The destination as a whole does not work. */
    DESTINATION_DOWN,
    /** The time of the next probe has come. */
    PROBE_DUE
  }

  /** One row of the table. */
  public record Transition(State from, Event on, State to) {}

  /** All transitions; what has no row changes nothing. */
  public static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(State.CLOSED, Event.DESTINATION_DOWN, State.OPEN),
          new Transition(State.OPEN, Event.PROBE_DUE, State.HALF_OPEN),
          new Transition(State.HALF_OPEN, Event.SUCCEEDED, State.CLOSED),
          new Transition(State.HALF_OPEN, Event.DESTINATION_DOWN, State.OPEN));

  /**
   * The longest a destination can ask to be left alone, so that a wrong answer does not stop a
   * location for ever.
   */
  public static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);

  private final Clock clock;
  private final Duration firstDelay;
  private final Duration maxDelay;

  private State state = State.CLOSED;
  private Instant openSince = Instant.MIN;
  private Instant openUntil = Instant.MIN;
  private Duration nextDelay;

  /**
   * Creates a closed breaker.
   *
   * @param clock what time it is
   * @param firstDelay how long it opens the first time, more than zero
   * @param maxDelay how long it opens at most of its own accord, at least {@code firstDelay}
   */
  public CircuitBreaker(Clock clock, Duration firstDelay, Duration maxDelay) {
    this.clock = Objects.requireNonNull(clock, "clock");
    if (firstDelay.isZero() || firstDelay.isNegative()) {
      throw new IllegalArgumentException("firstDelay must be more than zero, was " + firstDelay);
    }
    if (maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "maxDelay must be at least firstDelay " + firstDelay + ", was " + maxDelay);
    }
    this.firstDelay = firstDelay;
    this.maxDelay = maxDelay;
    this.nextDelay = firstDelay;
  }

  /** What it lets through now. */
  public synchronized State state() {
    followClock();
    if (state == State.OPEN && !clock.instant().isBefore(openUntil)) {
      state = next(state, Event.PROBE_DUE);
    }
    return state;
  }

  /**
   * How many jobs may run at once now.
   *
   * @param nominal how many may run when all is well, 0 or more
   */
  public int allowed(int nominal) {
    return switch (state()) {
      case CLOSED -> nominal;
      case OPEN -> 0;
      case HALF_OPEN -> Math.min(1, nominal);
    };
  }

  /** When one job may be let through; empty unless open. */
  public synchronized Optional<Instant> probeAt() {
    return state() == State.OPEN ? Optional.of(openUntil) : Optional.empty();
  }

  /**
   * The destination worked. While open this is news from before and changes nothing: the probe will
   * tell.
   *
   * @see #onDestinationDown
   */
  public synchronized void onSuccess() {
    state = next(state(), Event.SUCCEEDED);
    if (state == State.CLOSED) {
      nextDelay = firstDelay;
    }
  }

  /**
   * The destination does not work. Jobs that were running when it opened, and fail too, do not make
   * the delay grow, but may ask for a longer one.
   *
   * @param retryAfter how long it asked to be left alone; counts if longer than the breaker's own
   *     delay, up to {@link #MAX_RETRY_AFTER}
   */
  public synchronized void onDestinationDown(Optional<Duration> retryAfter) {
    Instant now = clock.instant();
    Instant asked = now.plus(retryAfter.map(CircuitBreaker::bounded).orElse(Duration.ZERO));
    if (state() != State.OPEN) {
      openSince = now;
      openUntil = now.plus(nextDelay);
      nextDelay = doubled(nextDelay);
    }
    state = next(state, Event.DESTINATION_DOWN);
    openUntil = asked.isAfter(openUntil) ? asked : openUntil;
  }

  /** A clock that was set back, maybe by hours, must not keep a location waiting as long. */
  private void followClock() {
    Instant now = clock.instant();
    if (state == State.OPEN && now.isBefore(openSince)) {
      openUntil = now.plus(Duration.between(openSince, openUntil));
      openSince = now;
    }
  }

  /** The state and when it will probe, for messages. */
  @Override
  public synchronized String toString() {
    return probeAt().map(at -> state + " until " + at).orElseGet(() -> state.toString());
  }

  /** The state after an event. */
  static State next(State from, Event on) {
    return TRANSITIONS.stream()
        .filter(row -> row.from() == from && row.on() == on)
        .findFirst()
        .map(Transition::to)
        .orElse(from);
  }

  private static Duration bounded(Duration asked) {
    return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
  }

  private Duration doubled(Duration delay) {
    return delay.compareTo(maxDelay.dividedBy(2)) > 0 ? maxDelay : delay.multipliedBy(2);
  }
}
