package io.backbeat.server.cli;

import io.backbeat.server.demo.StopSignal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code backbeat}: only holds the others. */
@Command(
    name = "backbeat",
    description = "Maintains the job queues of an S3 object server.",
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HelpCommand.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all went well",
      "1:the command ran to its end, and not all is well, such as FAILED objects",
      "2:the command line is wrong",
      "3:the command could not start or not go on: data directory in use, store damaged, source unreadable, disk full; no answer from the server ...",
      "4:the server refused what was asked of it",
      "130:interrupted (Ctrl-C); 143: terminated. What was done is kept"
    })
public final class BackbeatCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The whole command line. Its {@code execute} returns the exit status.
   *
   * @param stop asks the running command to stop
   */
  public static CommandLine commandLine(StopSignal stop, PrintWriter out, PrintWriter err) {
    return commandLine(stop, out, err, Surroundings.ofProcess(stop));
  }

  static CommandLine commandLine(
      StopSignal stop, PrintWriter out, PrintWriter err, Surroundings surroundings) {
    CommandLine all =
        new CommandLine(new BackbeatCommand())
            .addSubcommand(new ServeCommand(stop))
            .addSubcommand(new ConfigCommand())
            .addSubcommand(new DemoCommand(stop))
            .addSubcommand(new IndexCommand());
    OperatorCommands.addTo(all, surroundings);
    return all.setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setUsageHelpLongOptionsMaxWidth(32)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new RunErrors());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
