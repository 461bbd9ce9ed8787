package io.backbeat.server.operate;

import io.backbeat.api.BulkTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A line every few seconds: for logs and pipes. */
public final class TaskLines implements TaskDisplay {
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final Consumer<String> say;
  private final Clock clock;
  private Instant next;

  /** Lines for {@code say}, the first after some seconds. */
  public TaskLines(Consumer<String> say, Clock clock) {
    this.say = say;
    this.clock = clock;
    this.next = clock.instant().plus(INTERVAL);
  }

  @Override
  public void show(BulkTask task) {
    Instant now = clock.instant();
    if (!task.ended() && !now.isBefore(next)) {
      next = now.plus(INTERVAL);
      say.accept(TaskView.progress(task, now));
    }
  }

  @Override
  public void close() {}
}
