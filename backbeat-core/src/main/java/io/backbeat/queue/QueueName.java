package io.backbeat.queue;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import java.util.Objects;

/**
 * One queue: the jobs of one type for one location, so that a slow or paused location delays no
 * other; or all jobs of a type whose locations {@link JobType#hasQueuePerLocation() share} one.
 *
 * @param type what the jobs do
 * @param location where; {@link #EVERYWHERE} for the one queue of a type, whatever was given
 */
public record QueueName(JobType type, LocationName location) {
  /** Stands for all locations in the name of a queue that they share. */
  public static final LocationName EVERYWHERE = LocationName.of("all");

  /** Checks that nothing is null. */
  public QueueName {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(location, "location");
    location = type.hasQueuePerLocation() ? location : EVERYWHERE;
  }

  /** The queue a job belongs to. */
  public static QueueName of(Job job) {
    return new QueueName(job.key().type(), job.location());
  }

  /** The one queue of a type whose locations share it. */
  public static QueueName shared(JobType type) {
    if (type.hasQueuePerLocation()) {
      throw new IllegalArgumentException(
          "job type " + type + " has a queue for each location, name one");
    }
    return new QueueName(type, EVERYWHERE);
  }

  /** Whether this is the queue of what concerns a location. */
  public boolean covers(LocationName other) {
    return !type.hasQueuePerLocation() || location.equals(other);
  }

  /** {@code type/location}. */
  @Override
  public String toString() {
    return type + "/" + location;
  }
}
