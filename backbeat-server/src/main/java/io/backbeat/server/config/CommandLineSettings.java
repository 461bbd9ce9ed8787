package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says; wins over everything else.
 *
 * @param file the configuration file
 * @param profile {@code embedded} or {@code cluster}
 * @param port of the REST API
 * @param probePort of the probes
 * @param dataDirectory where the embedded store is
 * @param roles names of roles with commas between
 */
public record CommandLineSettings(
    Optional<Path> file,
    Optional<String> profile,
    Optional<Integer> port,
    Optional<Integer> probePort,
    Optional<Path> dataDirectory,
    Optional<String> roles) {
  /** Nothing. */
  public static final CommandLineSettings NONE =
      new CommandLineSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  List<Setting> settings() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    List<Setting> settings = new ArrayList<>();
    profile.ifPresent(p -> add(settings, "backbeat.profile", json.textNode(p), "--profile"));
    port.ifPresent(p -> add(settings, "server.port", json.numberNode(p), "--port"));
    probePort.ifPresent(
        p -> add(settings, "backbeat.probe.port", json.numberNode(p), "--probe-port"));
    dataDirectory.ifPresent(
        d -> add(settings, "backbeat.dataDir", json.textNode(d.toString()), "--data-dir"));
    roles.ifPresent(r -> add(settings, "backbeat.roles", json.textNode(r), "--roles"));
    return settings;
  }

  private static void add(List<Setting> settings, String path, JsonNode value, String option) {
    settings.add(new Setting(path, value, new Origin.CommandLine(option)));
  }
}
