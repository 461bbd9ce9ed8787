package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody's word that a version failed for good at a location: a message of the failed topic.
 *
 * @param location where it failed
 * @param object what failed
 * @param at when
 */
public record FailedNotice(LocationName location, ObjectVersion object, Instant at) {
  /** Checks that nothing is null. */
  public FailedNotice {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(at, "at");
  }
}
