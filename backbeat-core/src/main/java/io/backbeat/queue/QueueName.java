package io.backbeat.queue;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import java.util.Objects;

/**
 * One queue: the jobs of one type for one location, so that a slow or paused location delays no
 * other.
 *
 * @param type what the jobs do
 * @param location where
 */
public record QueueName(JobType type, LocationName location) {
  /** Checks that nothing is null. */
  public QueueName {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(location, "location");
  }

  /** The queue a job belongs to. */
  public static QueueName of(Job job) {
    return new QueueName(job.key().type(), job.location());
  }

  /** {@code type/location}. */
  @Override
  public String toString() {
    return type + "/" + location;
  }
}
