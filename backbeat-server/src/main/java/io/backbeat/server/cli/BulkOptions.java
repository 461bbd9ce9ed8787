package io.backbeat.server.cli;

import io.backbeat.api.BulkRequest;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectSelection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a task on the server is about, and how it is followed. */
final class BulkOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--bucket", paramLabel = "BUCKET", description = "only objects of this bucket")
  private @Nullable String bucket;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "only objects whose keys begin with it")
  private @Nullable String prefix;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "queue at most N operations per second; default: no limit")
  private @Nullable Integer rate;

  @Option(
      names = "--background",
      description = "do not wait for the end; \"backbeat tasks\" tells how far it is")
  private boolean background;

  /** Whether one of them was given. */
  boolean given() {
    return bucket != null || prefix != null || rate != null || background;
  }

  boolean background() {
    return background;
  }

  ObjectSelection selection(List<LocationName> locations) {
    if (bucket != null && bucket.isEmpty()) {
      throw usage("--bucket must not be empty");
    }
    return new ObjectSelection(
        Selection.everything(locations) ? List.of() : locations,
        Optional.ofNullable(bucket),
        prefix == null ? "" : prefix);
  }

  int operationsPerSecond() {
    if (rate == null) {
      return BulkRequest.UNLIMITED;
    }
    if (rate < 1) {
      throw usage("--rate must be at least 1");
    }
    return rate;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
