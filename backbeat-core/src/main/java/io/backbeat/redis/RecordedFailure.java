package io.backbeat.redis;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.Objects;

/**
 * An object version that failed to reach a location, as the failed index has it.
 *
 * @param location which location
 * @param object which version
 * @param at when it failed; kept in milliseconds
 */
public record RecordedFailure(LocationName location, ObjectVersion object, Instant at) {
  /** Checks that nothing is null. */
  public RecordedFailure {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(at, "at");
  }
}
