package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.SiteReplication;
import io.backbeat.server.operate.RecordedFailures;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is to be retried. */
final class RetryTargets {
  private static final String STANDARD_INPUT = "-";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "BUCKET/KEY",
      arity = "0..*",
      description = "objects; or - for standard input")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--object",
      paramLabel = "BUCKET/KEY",
      converter = ObjectConverter.class,
      description = "the same as the argument; repeatable")
  private List<ObjectVersion> objects = new ArrayList<>();

  @Mixin private ObjectOptions version = new ObjectOptions();

  @Option(names = "--all", description = "all that failed at the locations")
  private boolean all;

  /** Refuses what contradicts itself. */
  void check(boolean force) {
    boolean input = input();
    int sources = (all ? 1 : 0) + (input ? 1 : 0) + (named().isEmpty() ? 0 : 1);
    if (sources != 1) {
      throw usage(
          "say what is to be retried: either --all (with --location LOCATION for some locations), or objects as"
              + " BUCKET/KEY, or - for standard input");
    }
    if (version.given() && named().size() != 1) {
      throw usage("--version-id needs exactly one object");
    }
    if (all && force) {
      throw usage(
          "--force is for objects and standard input; --all retries what is recorded as failed");
    }
  }

  /** Whether everything that failed is meant. */
  boolean all() {
    return all;
  }

  /** How many retries there have to be at least. */
  int least() {
    return named().isEmpty() ? 0 : 1;
  }

  /** Reads and asks while it is gone through. */
  Iterator<RetryRequest> requests(
      Backbeat backbeat, List<LocationName> locations, boolean force, InputStream in) {
    if (all) {
      return new Mapped(FailureSearch.at(backbeat, locations));
    }
    return input()
        ? RecordedFailures.in(in, force)
        : named().stream()
            .flatMap(object -> requests(backbeat, version.of(object), locations, force))
            .iterator();
  }

  private static Stream<RetryRequest> requests(
      Backbeat backbeat, ObjectVersion object, List<LocationName> locations, boolean force) {
    if (!Selection.everything(locations)) {
      return locations.stream().distinct().map(l -> new RetryRequest(object, l, force));
    }
    Stream<LocationName> everywhere =
        force
            ? backbeat.objects().status(object).map(ReplicationStatus::sites).stream()
                .flatMap(List::stream)
                .map(SiteReplication::location)
            : backbeat.failed().find(object).stream().map(FailedOperation::location);
    return everywhere.map(l -> new RetryRequest(object, l, force));
  }

  private boolean input() {
    return arguments.contains(STANDARD_INPUT);
  }

  private List<ObjectVersion> named() {
    List<ObjectVersion> named = new ArrayList<>(objects);
    try {
      arguments.stream()
          .filter(argument -> !argument.equals(STANDARD_INPUT))
          .map(new ObjectConverter()::convert)
          .forEach(named::add);
    } catch (TypeConversionException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    return named;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What failed, as retries. */
  private record Mapped(Iterator<FailedOperation> failed) implements Iterator<RetryRequest> {
    @Override
    public boolean hasNext() {
      return failed.hasNext();
    }

    @Override
    public RetryRequest next() {
      FailedOperation operation = failed.next();
      return RetryRequest.of(operation.object(), operation.location());
    }
  }
}
