package io.backbeat.server.cli;

import io.backbeat.server.config.CommandLineSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that works on the services of a configuration. */
final class ConfigFileOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the configuration file; default: BACKBEAT_CONFIG_FILE, else conf/config.json here if there is one, else none")
  private @Nullable Path file;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "embedded or cluster; default: cluster if the file has a section kafka")
  private @Nullable String profile;

  /** Whether one of them was given. */
  boolean given() {
    return file != null || profile != null;
  }

  CommandLineSettings settings() {
    return new CommandLineSettings(
        Optional.ofNullable(file),
        Optional.ofNullable(profile),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
