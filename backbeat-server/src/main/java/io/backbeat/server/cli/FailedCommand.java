package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.server.operate.FailedView;
import io.backbeat.server.operate.Quantities;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backbeat failed}. */
@Command(
    name = "failed",
    description = {
      "Lists failed operations, newest first at each location.",
      "",
      "The list is read and printed page by page, whatever its length. --json prints a document for each on a"
          + " line of its own, which \"backbeat retry -\" reads."
    })
final class FailedCommand extends OperatorCommand {
  private static final long DEFAULT_LIMIT = 100;

  @Parameters(
      paramLabel = "LOCATION",
      arity = "0..*",
      converter = LocationNameConverter.class,
      description = "names of locations; default: all")
  private List<LocationName> locations = new ArrayList<>();

  @Mixin private ObjectOptions version = new ObjectOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "how many at most; default: " + DEFAULT_LIMIT)
  private @Nullable Long limit;

  @Option(names = "--all", description = "all of them")
  private boolean all;

  @Option(
      names = "--object",
      paramLabel = "BUCKET/KEY",
      converter = ObjectConverter.class,
      description = "those of this object only")
  private @Nullable ObjectVersion object;

  @Option(names = "--messages", description = "also what went wrong, at the end of each line")
  private boolean messages;

  @Option(names = "--bytes", description = "sizes in bytes, not in kB, MB, ...")
  private boolean bytes;

  FailedCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    check();
    Iterator<FailedOperation> operations = operations(backbeat);
    if (!operations.hasNext()) {
      if (!json()) {
        say("nothing is recorded as failed");
      }
      return ExitStatus.OK;
    }
    long most = limit != null ? limit : all || object != null ? Long.MAX_VALUE : DEFAULT_LIMIT;
    Quantities quantities = quantities(bytes);
    long printed = new FailedView(json(), messages, quantities).print(operations, most, out());
    if (printed == most && operations.hasNext()) {
      say(printed + " shown, there are more: --limit N or --all");
    }
    return ExitStatus.OK;
  }

  private void check() {
    if (limit != null && (limit < 1 || all)) {
      throw usage(all ? "--limit and --all contradict each other" : "--limit must be at least 1");
    }
    if (version.given() && object == null) {
      throw usage("--version-id needs --object BUCKET/KEY");
    }
  }

  /** Failures outlive the configuration of their location, so names are not checked before. */
  private Iterator<FailedOperation> operations(Backbeat backbeat) {
    Iterator<FailedOperation> operations =
        object == null
            ? FailureSearch.at(backbeat, locations)
            : FailureSearch.of(backbeat, version.of(object), locations).iterator();
    if (!operations.hasNext() && !Selection.everything(locations)) {
      Selection.of(backbeat, ServiceName.REPLICATION, locations);
    }
    return operations;
  }
}
