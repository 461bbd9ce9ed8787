package io.backbeat.server.cli;

import io.backbeat.api.LocationName;
import io.backbeat.server.config.Profile;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.server.profile.FailureIndex.Changes;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.server.profile.ProfileException;
import io.backbeat.server.serve.Profiles;
import io.backbeat.server.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What {@code index rebuild} and {@code index import} have in common. */
final class IndexWork {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Mixin private ConfigFileOptions options = new ConfigFileOptions();

  @Option(
      names = "--location",
      paramLabel = "NAME",
      converter = LocationNameConverter.class,
      description = "only this location; repeatable; default: all of the configuration")
  private List<LocationName> locations = new ArrayList<>();

  @Option(names = "--dry-run", description = "count only, and change nothing")
  private boolean dryRun;

  int run(String verb, BiFunction<FailureIndex, FailureIndex.Selection, Changes> work) {
    ServerConfig config = StartConfig.load(options.settings(), false, spec.commandLine().getErr());
    if (config.profile() == Profile.EMBEDDED) {
      throw new ProfileException(
          "the embedded profile keeps failures in its ledger alone, there is no index of them; give the configuration of"
              + " a cluster (--config FILE)");
    }
    FailureIndex.Selection selection = new FailureIndex.Selection(chosen(config), dryRun);
    try (OpenedStores opened = Profiles.open(config)) {
      FailureIndex index =
          opened
              .failureIndex()
              .orElseThrow(() -> new ProfileException("this profile has no index of failures"));
      say(verb, work.apply(index, selection));
    }
    return ExitStatus.OK;
  }

  private List<LocationName> chosen(ServerConfig config) {
    List<LocationName> known = config.replication().locations();
    for (LocationName name : locations) {
      if (!known.contains(name)) {
        throw new ProfileException(
            "the configuration has no location " + name + "; it has " + names(known));
      }
    }
    if (known.isEmpty()) {
      throw new ProfileException(
          "the configuration has no locations; give them in extensions.replication.destination.bootstrapList");
    }
    return locations.isEmpty() ? known : locations;
  }

  private static String names(List<LocationName> names) {
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.stream().map(LocationName::value).toList());
  }

  private void say(String verb, Changes changes) {
    spec.commandLine()
        .getOut()
        .println(
            (dryRun ? "would be: " : "")
                + Texts.count(changes.read(), "record")
                + " read, "
                + (changes.removed() > 0 ? changes.removed() + " removed, " : "")
                + changes.written()
                + " "
                + verb
                + ", "
                + changes.leftOut()
                + " left out");
    spec.commandLine().getOut().flush();
  }
}
