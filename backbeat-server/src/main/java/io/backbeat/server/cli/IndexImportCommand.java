package io.backbeat.server.cli;

import io.backbeat.server.profile.FailureIndex;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code backbeat index import}. */
@Command(
    name = "import",
    description = {
      "Takes failures that Node.js processes have recorded in Redis into the ledger.",
      "",
      "What the ledger knows stays as it is. To be run once after taking over from Node.js, before the records expire there."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, or counted with --dry-run",
      "2:the command line is wrong",
      "3:could not start or not go on; running it again is safe"
    })
final class IndexImportCommand implements Callable<Integer> {
  @Mixin private IndexWork work = new IndexWork();

  @Override
  public Integer call() {
    return work.run("taken over", FailureIndex::importFailures);
  }
}
