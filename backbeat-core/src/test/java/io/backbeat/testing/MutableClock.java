package io.backbeat.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when told. Thread-safe. Always in UTC. */
public final class MutableClock extends Clock {
  private final AtomicReference<Instant> now;

  /** A clock that shows this time. */
  public MutableClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  /** A clock that shows some whole second. */
  public static MutableClock create() {
    return new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
  }

  /** Moves on, or back if negative; returns the new time. */
  public Instant advance(Duration duration) {
    return now.updateAndGet(instant -> instant.plus(duration));
  }

  /** Shows this time from now on. */
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Not needed by anything here. */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("MutableClock is always in UTC");
  }
}
