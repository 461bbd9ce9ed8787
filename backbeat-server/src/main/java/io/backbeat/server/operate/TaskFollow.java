package io.backbeat.server.operate;

import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkTask;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at a task until it has ended.
 *
 * @param pause waits, and says whether to end before
 * @param display shows every look
 */
public record TaskFollow(BulkOperations bulk, Predicate<Duration> pause, TaskDisplay display) {
  private static final Duration EVERY = Duration.ofMillis(500);

  /**
   * Follows a task.
   *
   * @return as it ended; empty if somebody asked to end the following, and the task goes on
   */
  public Optional<BulkTask> follow(BulkTask begun) {
    BulkTask task = begun;
    try (display) {
      while (!task.ended()) {
        display.show(task);
        if (pause.test(EVERY)) {
          return Optional.empty();
        }
        task = bulk.get(task.id());
      }
      display.show(task);
    }
    return Optional.of(task);
  }
}
