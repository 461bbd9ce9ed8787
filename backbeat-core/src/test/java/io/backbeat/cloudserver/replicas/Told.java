package io.backbeat.cloudserver.replicas;

import io.backbeat.task.JobContext;
import io.backbeat.testing.MutableClock;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What a handler is told and tells. */
final class Told implements JobContext {
  final MutableClock clock = MutableClock.create();
  final AtomicBoolean cancelled = new AtomicBoolean();
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
  public void transferStarted() {}

  @Override
  public void bytesTransferred(long more) {
    bytes.addAndGet(more);
  }
}
