package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
   * @throws DemoException if the directories are not as they have to be
   */
  public static DemoPlan resolve(DemoSettings settings) {
    checkNames(settings);
    Path source = Paths.readableDirectory("source", settings.source().orElse(settings.home()));
    Path base = base(settings, source);
    List<LocationTarget> targets = new ArrayList<>();
    for (LocationTarget target :
        settings.targets().isEmpty() ? defaults(base) : settings.targets()) {
      targets.add(
          target instanceof LocationTarget.Directory directory
              ? new LocationTarget.Directory(directory.name(), Paths.real(directory.path()))
              : target);
    }
    Path data = Paths.real(settings.dataDirectory().orElse(base.resolve("data")));
    checkPlaces(source, targets, data);
    checkKnown("--break", settings.broken(), targets);
    checkKnown("--pause", settings.paused(), targets);
    return new DemoPlan(
        source,
        excluded(source, targets, data, settings.source().isEmpty()),
        targets,
        data,
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

  private static void checkPlaces(Path source, List<LocationTarget> targets, Path data) {
    if (source.startsWith(data)) {
      throw new DemoException(
          "the data directory " + data + " must not be or contain the source " + source);
    }
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i) instanceof LocationTarget.Directory one) {
        if (source.startsWith(one.path())) {
          throw new DemoException(
              "the place of "
                  + one.name()
                  + ", "
                  + one.path()
                  + ", must not be or contain the source "
                  + source);
        }
        if (Paths.overlap(one.path(), data)) {
          throw new DemoException(
              "the place of "
                  + one.name()
                  + ", "
                  + one.path()
                  + ", and the data directory "
                  + data
                  + " must not lie in each other");
        }
      }
      for (LocationTarget other : targets.subList(i + 1, targets.size())) {
        checkApart(targets.get(i), other);
      }
    }
  }

  private static void checkApart(LocationTarget one, LocationTarget other) {
    boolean same =
        (one instanceof LocationTarget.Directory a && other instanceof LocationTarget.Directory b)
            ? Paths.overlap(a.path(), b.path())
            : one.address().equals(other.address());
    if (same) {
      throw new DemoException(
          one.name()
              + " and "
              + other.name()
              + " must be different places, not in each other: "
              + one.address()
              + " and "
              + other.address());
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

  private static Predicate<String> excluded(
      Path source, List<LocationTarget> targets, Path data, boolean projectTree) {
    Set<String> paths = new HashSet<>();
    addIfInside(paths, source, data);
    for (LocationTarget target : targets) {
      if (target instanceof LocationTarget.Directory directory) {
        addIfInside(paths, source, directory.path());
      }
    }
    Predicate<String> own =
        path -> paths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
    return projectTree ? own.or(DemoPlan::notSource) : own;
  }

  private static void addIfInside(Set<String> paths, Path source, Path path) {
    if (path.startsWith(source)) {
      paths.add(
          source.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/"));
    }
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

  /** Whether the engine has been here before. */
  boolean isFresh() {
    return !Files.exists(dataDirectory.resolve(DemoBinding.FILE));
  }
}
