package io.backbeat.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a configuration.
 *
 * @param file the configuration file, if one was read
 * @param config the configuration; empty if there are errors
 * @param problems all that is wrong, errors first
 * @param values what applies, to be shown; secrets are masked. Values that are wrong are left out;
 *     empty if the file cannot be parsed
 */
public record LoadedConfig(
    Optional<Path> file,
    Optional<ServerConfig> config,
    List<Problem> problems,
    List<EffectiveValue> values) {
  /** Copies the lists. */
  public LoadedConfig {
    problems = List.copyOf(problems);
    values = List.copyOf(values);
  }

  /** The problems that keep a server from starting. */
  public List<Problem> errors() {
    return problems.stream().filter(Problem::isError).toList();
  }

  /** The problems that do not. */
  public List<Problem> warnings() {
    return problems.stream().filter(problem -> !problem.isError()).toList();
  }
}
