package io.backbeat.filesystem;

import io.backbeat.api.LocationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * A directory whose files are the objects of a bucket. The bucket is the watcher's alone: an object
 * in it that is no file is taken for removed.
 *
 * @param root the directory
 * @param bucket the bucket its files are in
 * @param source the location its data is at
 * @param destinations where every file is to be copied; at least one, each once
 * @param quietPeriod a file changed more recently is left for the next pass. Time stamps of files
 *     move in steps of some milliseconds, so a second change within the step of the first could not
 *     be told from it. 100 ms unless there is a reason
 * @param exclude relative paths, with {@code /}, of files and directories that are no objects
 */
public record WatchedDirectory(
    Path root,
    String bucket,
    LocationName source,
    List<LocationName> destinations,
    Duration quietPeriod,
    Predicate<String> exclude) {
  /** The usual {@link #quietPeriod}. */
  public static final Duration QUIET_PERIOD = Duration.ofMillis(100);

  /** Makes the root absolute and checks the rest. */
  public WatchedDirectory {
    root = root.toAbsolutePath().normalize();
    destinations = List.copyOf(new LinkedHashSet<>(destinations));
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("bucket must not be empty");
    }
    if (destinations.isEmpty()) {
      throw new IllegalArgumentException("destinations of bucket " + bucket + " must not be empty");
    }
    if (quietPeriod.isNegative()) {
      throw new IllegalArgumentException("quietPeriod must be >= 0, was " + quietPeriod);
    }
  }

  /** With the usual quiet period and all files. */
  public static WatchedDirectory of(
      Path root, String bucket, LocationName source, List<LocationName> destinations) {
    return new WatchedDirectory(root, bucket, source, destinations, QUIET_PERIOD, path -> false);
  }

  /** The same without these files and directories. */
  public WatchedDirectory excluding(Predicate<String> alsoExclude) {
    return new WatchedDirectory(
        root, bucket, source, destinations, quietPeriod, exclude.or(alsoExclude));
  }

  /** The same with another quiet period. */
  public WatchedDirectory withQuietPeriod(Duration other) {
    return new WatchedDirectory(root, bucket, source, destinations, other, exclude);
  }
}
