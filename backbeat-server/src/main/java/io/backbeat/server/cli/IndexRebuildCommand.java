package io.backbeat.server.cli;

import io.backbeat.server.profile.FailureIndex;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code backbeat index rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Removes the index of failures from Redis, and writes it anew from the ledger, with the counts of pending work.",
      "",
      "For a Redis that was lost or restored from an old copy. Servers may run meanwhile."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, or counted with --dry-run",
      "2:the command line is wrong",
      "3:could not start or not go on; running it again is safe"
    })
final class IndexRebuildCommand implements Callable<Integer> {
  @Mixin private IndexWork work = new IndexWork();

  @Override
  public Integer call() {
    return work.run("written", FailureIndex::rebuild);
  }
}
