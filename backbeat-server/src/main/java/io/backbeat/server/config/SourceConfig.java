package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A directory whose files are the objects of a bucket.
 *
 * @param directory the directory
 * @param bucket the bucket
 * @param name the location the files are at
 * @param scanInterval from the end of one look at the directory to the next
 */
public record SourceConfig(
    Path directory, String bucket, LocationName name, Duration scanInterval) {
  /** Checks that nothing is null. */
  public SourceConfig {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scanInterval, "scanInterval");
  }
}
