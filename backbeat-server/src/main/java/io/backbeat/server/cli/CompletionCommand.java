package io.backbeat.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backbeat completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets a shell complete commands and options.",
      "",
      "For this shell:  source <(backbeat completion)"
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class)
final class CompletionCommand implements Callable<Integer> {
  /** The script is the same for both; it sees where it runs. */
  private enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("UnusedVariable") // is there to be checked
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh; default: bash")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandLine whole = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), whole));
    out.flush();
    return ExitStatus.OK;
  }
}
