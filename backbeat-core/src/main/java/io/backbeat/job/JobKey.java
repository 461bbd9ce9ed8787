package io.backbeat.job;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.util.Objects;

/**
 * Identifies what a job is about. Two jobs of one key and one {@link Job#revision() revision} are
 * the same work; of one key and different revisions, the newer replaces the older.
 *
 * @param type what to do
 * @param object to which version
 * @param location at which location
 */
public record JobKey(JobType type, ObjectVersion object, LocationName location) {
  /** Checks that nothing is null. */
  public JobKey {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
  }

  /** {@code type bucket/key?versionId=id -> location}, for messages. */
  @Override
  public String toString() {
    return type + " " + object + " -> " + location;
  }
}
