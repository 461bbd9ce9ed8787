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
import java.time.Duration;
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
    return status(ended.get());
  }

  /** Of a retry, what was left out counts; what a resync leaves out has got a job meanwhile. */
  static int status(BulkTask ended) {
    boolean leftOut = ended.progress().queued() < ended.progress().matched();
    return ended.state() == BulkTask.State.DONE
            && !(leftOut && ended.request() instanceof BulkRequest.Retry)
        ? ExitStatus.OK
        : ExitStatus.NOT_ALL_WELL;
  }

  /**
   * A range of time.
   *
   * @param option the name of that of {@code until}
   * @param olderThan how long before now the range ends, in place of {@code until}
   * @throws picocli.CommandLine.ParameterException if it is empty, or has two ends
   */
  final TimeRange range(
      @Nullable Instant from,
      @Nullable Instant until,
      String option,
      @Nullable Duration olderThan) {
    if (until != null && olderThan != null) {
      throw usage("--older-than and " + option + " say the same: give one of them");
    }
    Instant before = olderThan == null ? until : now().minus(olderThan);
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
