package io.backbeat.server.cli;

import io.backbeat.server.config.CommandLineSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
final class ConfigOptions {
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

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the REST API, 0 for any free one; default: 8900")
  private @Nullable Integer port;

  @Option(
      names = "--probe-port",
      paramLabel = "PORT",
      description = "port of the probes, 0 for any free one; default: 4042")
  private @Nullable Integer probePort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where the embedded store is; default: backbeat-data here")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--roles",
      paramLabel = "ROLE,...",
      description =
          "what this process does, of api, populator, processor, status, gc and metrics; cluster profile; default: all")
  private @Nullable String roles;

  @Option(names = "--strict", description = "take unknown keys in the file for errors")
  private boolean strict;

  CommandLineSettings settings() {
    return new CommandLineSettings(
        Optional.ofNullable(file),
        Optional.ofNullable(profile),
        Optional.ofNullable(port),
        Optional.ofNullable(probePort),
        Optional.ofNullable(dataDirectory),
        Optional.ofNullable(roles));
  }

  boolean strict() {
    return strict;
  }
}
