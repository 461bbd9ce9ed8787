package io.backbeat.server.cli;

import java.util.List;
import picocli.CommandLine;

/** The commands that talk to a server, and the completion of all. */
final class OperatorCommands {
  private OperatorCommands() {}

  static void addTo(CommandLine all, Surroundings surroundings) {
    List.of(
            new StatusCommand(surroundings),
            new PauseCommand(surroundings),
            new ResumeCommand(surroundings),
            new ScheduleCommand(surroundings),
            new FailedCommand(surroundings),
            new RetryCommand(surroundings),
            new ResyncCommand(surroundings),
            new TasksCommand(surroundings),
            new ObjectCommand(surroundings),
            new ExplainCommand(surroundings),
            new MetricsCommand(surroundings),
            new LagCommand(surroundings),
            new HealthCommand(surroundings),
            new WatchCommand(surroundings),
            new CompletionCommand())
        .forEach(all::addSubcommand);
  }
}
