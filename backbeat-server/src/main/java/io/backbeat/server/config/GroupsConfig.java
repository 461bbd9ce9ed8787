package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import java.util.Objects;

/**
 * The consumer groups, which Node.js processes and ours share.
 *
 * @param queueProcessor of the locations' queues, before the name of the location
 * @param statusProcessor of the status topic
 * @param failed of the failed topic
 * @param gc of the topic of garbage collection
 * @param metricsPrefix of the metrics topic, before the name of the service
 */
public record GroupsConfig(
    String queueProcessor, String statusProcessor, String failed, String gc, String metricsPrefix) {
  /** Checks that nothing is null. */
  public GroupsConfig {
    Objects.requireNonNull(queueProcessor, "queueProcessor");
    Objects.requireNonNull(statusProcessor, "statusProcessor");
    Objects.requireNonNull(failed, "failed");
    Objects.requireNonNull(gc, "gc");
    Objects.requireNonNull(metricsPrefix, "metricsPrefix");
  }

  /** The group of a location. */
  public String ofLocation(LocationName location) {
    return queueProcessor + "-" + location;
  }
}
