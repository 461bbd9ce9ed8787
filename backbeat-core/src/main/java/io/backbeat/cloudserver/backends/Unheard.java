package io.backbeat.cloudserver.backends;

import io.backbeat.task.JobContext;
import java.time.Clock;

/** An attempt whose progress is not told: what is read for several jobs has reached none yet. */
record Unheard(JobContext attempt) implements JobContext {
  @Override
  public Clock clock() {
    return attempt.clock();
  }

  @Override
  public boolean cancelled() {
    return attempt.cancelled();
  }

  @Override
  public void transferStarted() {}

  @Override
  public void bytesTransferred(long bytes) {}
}
