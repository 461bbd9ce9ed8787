package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.server.place.LocationTarget;
import io.backbeat.server.place.Paths;
import io.backbeat.server.place.PlaceBinding;
import io.backbeat.server.place.Places;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a demo will do, checked: nothing overlaps that must not, and every name is known.
 *
 * @param source the directory whose files are replicated, its real path
 * @param excluded paths relative to the source that are no objects
 * @param targets where to, at least one; directories with their real paths
 * @param dataDirectory where the engine keeps its state
 * @param broken a location to fail on purpose
 * @param paused a location to start paused
 * @param port of the REST API; 0 for any
 * @param exit whether to end when all is settled
 * @param patience how long nothing may move while a destination is down
 */
public record DemoPlan(
    Path source,
    Predicate<String> excluded,
    List<LocationTarget> targets,
    Path dataDirectory,
    Optional<LocationName> broken,
    Optional<LocationName> paused,
    int port,
    boolean exit,
    Duration patience) {
  private static final String BINDING = "demo.properties";

  /** Copies the list. */
  public DemoPlan {
    targets = List.copyOf(targets);
  }

  /** The names of the locations, in order. */
  public List<LocationName> locations() {
    return targets.stream().map(LocationTarget::name).toList();
  }

  /**
   * Fills in the defaults, and checks the whole.
   *
   * @throws IllegalArgumentException if the settings contradict themselves
   * @throws io.backbeat.server.place.PlaceException if the directories are not as they have to be
   */
  public static DemoPlan resolve(DemoSettings settings) {
    checkNames(settings);
    Path source = Paths.readableDirectory("source", settings.source().orElse(settings.home()));
    Path base = base(settings, source);
    Places places =
        Places.resolve(
            Optional.of(source),
            settings.targets().isEmpty() ? defaults(base) : settings.targets(),
            settings.dataDirectory().orElse(base.resolve("data")));
    checkKnown("--break", settings.broken(), places.targets());
    checkKnown("--pause", settings.paused(), places.targets());
    return new DemoPlan(
        source,
        settings.source().isEmpty() ? places.foreign().or(DemoPlan::notSource) : places.foreign(),
        places.targets(),
        places.dataDirectory(),
        settings.broken(),
        settings.paused(),
        settings.port(),
        settings.exit(),
        settings.patience());
  }

  private static void checkNames(DemoSettings settings) {
    Set<LocationName> names = new HashSet<>();
    for (LocationTarget target : settings.targets()) {
      if (!names.add(target.name())) {
        throw new IllegalArgumentException("--to names the location " + target.name() + " twice");
      }
    }
    if (settings.exit() && settings.paused().isPresent()) {
      throw new IllegalArgumentException(
          "--pause and --exit contradict each other: a paused location is never done");
    }
  }

  private static void checkKnown(
      String option, Optional<LocationName> name, List<LocationTarget> targets) {
    List<LocationName> known = targets.stream().map(LocationTarget::name).toList();
    if (name.isPresent() && !known.contains(name.get())) {
      throw new IllegalArgumentException(
          option + " names " + name.get() + ", but the locations are " + known);
    }
  }

  /** Each source has a place of its own for what is not said; the project's tree the shortest. */
  private static Path base(DemoSettings settings, Path source) {
    Path base = settings.home().resolve("target").resolve("demo");
    if (settings.source().isEmpty()) {
      return base;
    }
    UUID hash = UUID.nameUUIDFromBytes(source.toString().getBytes(StandardCharsets.UTF_8));
    Path name = source.getFileName();
    return base.resolve((name == null ? "root" : name) + "-" + hash.toString().substring(0, 8));
  }

  private static List<LocationTarget> defaults(Path base) {
    return List.of(
        new LocationTarget.Directory(LocationName.of("paris"), base.resolve("paris")),
        new LocationTarget.Directory(LocationName.of("tokyo"), base.resolve("tokyo")));
  }

  /** What a checkout has beside its sources. */
  private static boolean notSource(String path) {
    for (String name : path.split("/", -1)) {
      if (name.equals(".git") || name.equals("target")) {
        return true;
      }
    }
    return false;
  }

  /** Makes the directories of the locations; those of S3 must exist already. */
  void createDirectories() {
    for (LocationTarget target : targets) {
      if (target instanceof LocationTarget.Directory directory) {
        Paths.create("the place of " + directory.name(), directory.path());
      }
    }
  }

  /**
   * Checks that the data directory was not set up for other places. Call with it locked.
   *
   * @throws io.backbeat.server.place.PlaceException if it was
   */
  void bind() {
    new PlaceBinding(dataDirectory.resolve(BINDING), "give another one with --data-dir")
        .bind(new Places(Optional.of(source), targets, dataDirectory));
  }

  /** Whether the engine has never been here before. */
  boolean isFresh() {
    return !Files.exists(dataDirectory.resolve(BINDING));
  }
}
