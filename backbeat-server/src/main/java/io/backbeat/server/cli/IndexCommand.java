package io.backbeat.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backbeat index}: only holds what can be done with the index of failures. */
@Command(
    name = "index",
    description = {
      "Brings the ledger of failures and its view in Redis together; cluster profile only.",
      "",
      "The ledger in MongoDB is the truth. Redis holds an index of it, which the Node.js processes write and read."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {IndexRebuildCommand.class, IndexImportCommand.class})
final class IndexCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: index rebuild or index import");
  }
}
