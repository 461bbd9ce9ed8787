package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose history it is.
 *
 * @param location where
 * @param object the version there; empty for what happened to the location itself
 */
public record HistoryKey(LocationName location, Optional<ObjectVersion> object) {
  /** Checks that nothing is null. */
  public HistoryKey {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(object, "object");
  }

  /** The history of a version at a location. */
  public static HistoryKey of(ObjectVersion object, LocationName location) {
    return new HistoryKey(location, Optional.of(object));
  }

  /** The history of a location. */
  public static HistoryKey of(LocationName location) {
    return new HistoryKey(location, Optional.empty());
  }
}
