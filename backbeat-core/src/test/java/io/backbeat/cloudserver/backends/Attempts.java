package io.backbeat.cloudserver.backends;

import io.backbeat.task.JobContext;
import io.backbeat.testing.MutableClock;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a handler is told and tells, of all attempts of a test. */
final class Attempts implements JobContext {
  final MutableClock clock = MutableClock.create();
  final AtomicBoolean cancelled = new AtomicBoolean();
  final AtomicInteger started = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public boolean cancelled() {
    return cancelled.get();
  }

  @Override
  public void transferStarted() {
    started.incrementAndGet();
  }

  @Override
  public void bytesTransferred(long more) {
    bytes.addAndGet(more);
  }
}
