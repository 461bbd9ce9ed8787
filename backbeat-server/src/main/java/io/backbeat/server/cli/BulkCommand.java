package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.TimeRange;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.TaskBar;
import io.backbeat.server.operate.TaskDisplay;
import io.backbeat.server.operate.TaskFollow;
import io.backbeat.server.operate.TaskLines;
import io.backbeat.server.operate.TaskView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the commands that start a task on the server have in common. */
abstract class BulkCommand extends OperatorCommand {
  BulkCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Starts a task and follows it to its end, unless it is to be left alone. */
  final int start(Backbeat backbeat, BulkRequest request, boolean background) {
    BulkTask begun = backbeat.bulk().start(request);
    if (background) {
      tell(begun);
      return ExitStatus.OK;
    }
    Optional<BulkTask> ended =
        new TaskFollow(backbeat.bulk(), surroundings().pause(), display()).follow(begun);
    if (ended.isEmpty()) {
      say(
          "task "
              + begun.id()
              + " goes on without you; \"backbeat tasks cancel "
              + begun.id()
              + "\" ends it");
      return ExitStatus.INTERRUPTED;
    }
    tell(ended.get());
    return ended.get().state() == BulkTask.State.DONE ? ExitStatus.OK : ExitStatus.NOT_ALL_WELL;
  }

  /**
   * A range of time.
   *
   * @throws picocli.CommandLine.ParameterException if it is empty
   */
  final TimeRange range(@Nullable Instant from, @Nullable Instant before) {
    try {
      return new TimeRange(Optional.ofNullable(from), Optional.ofNullable(before));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void tell(BulkTask task) {
    if (json()) {
      out().json(WireJson.task(task));
    } else if (task.ended()) {
      out().line(TaskView.summary(task));
    } else {
      out().line("task " + task.id() + " is begun");
    }
  }

  private TaskDisplay display() {
    return surroundings().terminal() && !json()
        ? new TaskBar()
        : new TaskLines(this::say, surroundings().clock());
  }
}
