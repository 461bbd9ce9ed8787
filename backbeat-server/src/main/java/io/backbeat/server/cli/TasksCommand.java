package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkTask;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.TaskView;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backbeat tasks}. */
@Command(
    name = "tasks",
    description = {
      "Lists resyncs and bulk retries of the server, the newest first; shows, pauses, resumes or cancels some.",
      "",
      "The task \"sweep\" is the search for lost jobs that the server does by itself from time to time."
    })
final class TasksCommand extends OperatorCommand {
  /** What is to be done. */
  enum Action {
    list,
    show,
    pause,
    resume,
    cancel
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (the default), show, pause, resume, cancel")
  private Action action = Action.list;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TASK", description = "ids of tasks")
  private List<String> ids = new ArrayList<>();

  TasksCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    if (ids.isEmpty() != (action == Action.list)) {
      throw usage(
          action == Action.list
              ? "\"list\" lists all tasks; to see some, say \"show\""
              : "say which tasks are to be chosen: their ids, as \"backbeat tasks\" lists them");
    }
    List<BulkTask> tasks = new ArrayList<>();
    if (action == Action.list) {
      tasks.addAll(backbeat.bulk().list());
    } else {
      ids.forEach(id -> tasks.add(act(backbeat.bulk(), id)));
    }
    if (json()) {
      out().json(WireJson.tasks(tasks));
    } else if (tasks.isEmpty()) {
      say("there are no tasks");
    } else {
      TaskView.print(tasks, now(), out());
    }
    return ExitStatus.OK;
  }

  private BulkTask act(BulkOperations bulk, String id) {
    return switch (action) {
      case pause -> bulk.pause(id);
      case resume -> bulk.resume(id);
      case cancel -> bulk.cancel(id);
      case list, show -> bulk.get(id);
    };
  }
}
