package io.backbeat.server.place;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The places of one engine, none in another that must not be.
 *
 * @param source the directory that is watched, if any, its real path
 * @param targets where copies go; directories with their real paths
 * @param dataDirectory where the engine keeps its state, its real path
 */
public record Places(Optional<Path> source, List<LocationTarget> targets, Path dataDirectory) {
  /**
   * Checks the whole.
   *
   * @throws PlaceException if two places are the same, or one is in another; names both
   */
  public Places {
    targets = List.copyOf(targets);
    check(source, targets, dataDirectory);
  }

  /**
   * Looks up what the paths really are.
   *
   * @throws PlaceException if the source cannot be read, or places overlap
   */
  public static Places resolve(
      Optional<Path> source, List<LocationTarget> targets, Path dataDirectory) {
    return new Places(
        source.map(path -> Paths.readableDirectory("source", path)),
        targets.stream().map(Places::real).toList(),
        Paths.real(dataDirectory));
  }

  /** Whether a path relative to the source is in another of the places, and so no object. */
  public Predicate<String> foreign() {
    Set<String> paths = new HashSet<>();
    source.ifPresent(
        root -> {
          addIfInside(paths, root, dataDirectory);
          for (LocationTarget target : targets) {
            if (target instanceof LocationTarget.Directory directory) {
              addIfInside(paths, root, directory.path());
            }
          }
        });
    return path -> paths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
  }

  private static LocationTarget real(LocationTarget target) {
    return target instanceof LocationTarget.Directory directory
        ? new LocationTarget.Directory(directory.name(), Paths.real(directory.path()))
        : target;
  }

  private static void check(Optional<Path> source, List<LocationTarget> targets, Path data) {
    if (source.filter(path -> path.startsWith(data)).isPresent()) {
      throw new PlaceException(
          "the data directory " + data + " must not be or contain the source " + source.get());
    }
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i) instanceof LocationTarget.Directory one) {
        checkDirectory(one, source, data);
      }
      for (LocationTarget other : targets.subList(i + 1, targets.size())) {
        checkApart(targets.get(i), other);
      }
    }
  }

  private static void checkDirectory(
      LocationTarget.Directory one, Optional<Path> source, Path data) {
    String place = "the place of " + one.name() + ", " + one.path() + ", ";
    if (source.filter(path -> path.startsWith(one.path())).isPresent()) {
      throw new PlaceException(place + "must not be or contain the source " + source.get());
    }
    if (Paths.overlap(one.path(), data)) {
      throw new PlaceException(
          place + "and the data directory " + data + " must not lie in each other");
    }
  }

  private static void checkApart(LocationTarget one, LocationTarget other) {
    boolean same =
        (one instanceof LocationTarget.Directory a && other instanceof LocationTarget.Directory b)
            ? Paths.overlap(a.path(), b.path())
            : one.address().equals(other.address());
    if (same) {
      throw new PlaceException(
          one.name()
              + " and "
              + other.name()
              + " must be different places, not in each other: "
              + one.address()
              + " and "
              + other.address());
    }
  }

  private static void addIfInside(Set<String> paths, Path source, Path path) {
    if (path.startsWith(source)) {
      paths.add(
          source.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/"));
    }
  }
}
