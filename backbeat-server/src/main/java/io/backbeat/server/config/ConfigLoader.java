package io.backbeat.server.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a configuration: the file, then the environment, then the command line, of which the later
 * win. Never fails for what it reads; everything that is wrong is in the result, at once.
 *
 * <p>The file is, in this order: that of {@code --config}, of {@code BACKBEAT_CONFIG_FILE}, {@code
 * conf/config.json} in the working directory if there is one; without one, the defaults apply.
 */
public final class ConfigLoader {
  private static final Path USUAL_FILE = Path.of("conf", "config.json");

  private final Path workingDirectory;
  private final Map<String, String> environment;

  /** Reads in a directory and an environment. */
  public ConfigLoader(Path workingDirectory, Map<String, String> environment) {
    this.workingDirectory = workingDirectory;
    this.environment = Map.copyOf(environment);
  }

  /** Reads for this process. */
  public static ConfigLoader ofProcess() {
    return new ConfigLoader(Path.of(""), System.getenv());
  }

  /**
   * Reads all there is.
   *
   * @param strict whether unknown keys are errors
   */
  public LoadedConfig load(CommandLineSettings commandLine, boolean strict) {
    List<Problem> problems = new ArrayList<>();
    Optional<Path> file = file(commandLine);
    Optional<ObjectNode> content =
        file.isPresent()
            ? JsonFile.read(file.get(), problems)
            : Optional.of(JsonNodeFactory.instance.objectNode());
    if (content.isEmpty()) {
      return new LoadedConfig(file, Optional.empty(), problems, List.of());
    }
    List<Setting> settings =
        Stream.concat(
                EnvironmentSettings.of(environment, problems).stream(),
                commandLine.settings().stream())
            .toList();
    ConfigTree tree = new ConfigTree(content.get(), file, settings);
    KnownKeys known = KnownKeys.load();
    List<Problem> unreadable = TreeCheck.run(known, tree);
    problems.addAll(unreadable);
    problems.addAll(CrossCheck.run(tree));
    SourceLocations locations = locations(file, problems);
    Optional<Path> accounts = accounts(file, problems);
    problems.addAll(ObjectServerCheck.run(tree, accounts));
    ConfigValues values = new ConfigValues(tree, known);
    return result(
        values,
        locations,
        accounts,
        problems,
        strict,
        EffectiveValues.of(values, paths(unreadable)));
  }

  private static LoadedConfig result(
      ConfigValues values,
      SourceLocations locations,
      Optional<Path> accounts,
      List<Problem> problems,
      boolean strict,
      List<EffectiveValue> effective) {
    List<Problem> sorted =
        problems.stream()
            .map(problem -> strict ? problem.asError() : problem)
            .sorted(Comparator.comparing(problem -> !problem.isError()))
            .toList();
    boolean startable = sorted.stream().noneMatch(Problem::isError);
    return new LoadedConfig(
        values.tree().file(),
        startable
            ? Optional.of(ServerConfigReader.read(values, locations, accounts))
            : Optional.empty(),
        sorted,
        effective);
  }

  private static Set<String> paths(List<Problem> problems) {
    return problems.stream()
        .filter(Problem::isError)
        .map(Problem::path)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Path> file(CommandLineSettings commandLine) {
    if (commandLine.file().isPresent()) {
      return commandLine.file();
    }
    Optional<String> named =
        Optional.ofNullable(environment.get(EnvironmentSettings.CONFIG_FILE))
            .filter(text -> !text.isEmpty());
    if (named.isPresent()) {
      return named.map(workingDirectory::resolve);
    }
    Path usual = workingDirectory.resolve(USUAL_FILE);
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }

  /** What {@code locationConfig.json} beside the file says. */
  private static SourceLocations locations(Optional<Path> file, List<Problem> problems) {
    Optional<Path> path = beside(file, "locationConfig.json");
    return path.flatMap(p -> JsonFile.read(p, problems))
        .map(content -> SourceLocations.of(content, path.get(), problems))
        .orElse(SourceLocations.NONE);
  }

  /** Which keys are right, is for the object server to find out. */
  private Optional<Path> accounts(Optional<Path> file, List<Problem> problems) {
    Optional<Path> path =
        Optional.ofNullable(environment.get(EnvironmentSettings.ACCOUNTS_FILE))
            .filter(text -> !text.isEmpty())
            .map(workingDirectory::resolve)
            .or(() -> beside(file, "authdata.json"));
    if (path.isEmpty()) {
      return path;
    }
    if (JsonFile.read(path.get(), problems)
        .filter(o -> !o.path("accounts").isArray())
        .isPresent()) {
      problems.add(Problem.error("", path.get() + " has no list \"accounts\"; give one in [ ]"));
    }
    return path;
  }

  private static Optional<Path> beside(Optional<Path> file, String name) {
    return file.map(path -> path.resolveSibling(name)).filter(Files::exists);
  }
}
