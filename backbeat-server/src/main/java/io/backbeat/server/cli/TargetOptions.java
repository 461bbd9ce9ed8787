package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which locations of which service. */
final class TargetOptions {
  @Option(
      names = "--service",
      paramLabel = "NAME",
      converter = ServiceNameConverter.class,
      description = "crr, ingestion or lifecycle; default: crr")
  private @Nullable ServiceName service;

  @Parameters(
      paramLabel = "[[SERVICE] LOCATION...]",
      arity = "0..*",
      hideParamSyntax = true,
      converter = LocationNameConverter.class,
      description =
          "names of locations, or \"all\"; the first may be the name of the service instead, unless"
              + " --service is given")
  private List<LocationName> names = new ArrayList<>();

  ServiceName service() {
    return Optional.ofNullable(service).or(this::leading).orElse(ServiceName.REPLICATION);
  }

  /** Names of locations; also "all". */
  List<LocationName> locations() {
    return leading().isPresent() ? names.subList(1, names.size()) : names;
  }

  /** See {@link Selection#of}. */
  List<LocationStatus> select(Backbeat backbeat) {
    return Selection.of(backbeat, service(), locations());
  }

  private Optional<ServiceName> leading() {
    return service != null || names.isEmpty()
        ? Optional.empty()
        : ServiceName.ofWireName(names.get(0).value());
  }
}
