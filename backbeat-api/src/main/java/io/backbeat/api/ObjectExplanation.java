package io.backbeat.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that is known of the replication of one object version.
 *
 * @param object which version
 * @param revision identifies its last client write
 * @param size content length in bytes; empty if its metadata cannot be found any more
 * @param lastModified when it was written; empty if its metadata does not tell
 * @param locations its destinations, in the order of the replication rule
 */
public record ObjectExplanation(
    ObjectVersion object,
    String revision,
    OptionalLong size,
    Optional<Instant> lastModified,
    List<LocationExplanation> locations) {
  /** Copies the list, and checks that the size is not negative. */
  public ObjectExplanation {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(size, "size");
    size.ifPresent(bytes -> Checks.notNegative(bytes, "size"));
    Objects.requireNonNull(lastModified, "lastModified");
    locations = List.copyOf(locations);
  }

  /** The status of the version as a whole. */
  public OverallStatus overall() {
    return OverallStatus.of(locations.stream().map(LocationExplanation::status).toList());
  }
}
