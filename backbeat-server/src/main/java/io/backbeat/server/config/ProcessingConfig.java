package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import io.backbeat.task.RetryPolicy;
import java.util.Map;
import java.util.Objects;

/**
 * How jobs are worked on. Immutable.
 *
 * @param concurrency jobs of one location at the same time
 * @param statusConcurrency outcomes settled at the same time
 * @param gcConcurrency jobs of garbage collection at the same time
 * @param retry when a failed attempt is repeated, for every location of replication
 * @param monitorFailures whether failures are told on the failed topic
 */
public record ProcessingConfig(
    int concurrency,
    int statusConcurrency,
    int gcConcurrency,
    Map<LocationName, RetryPolicy> retry,
    boolean monitorFailures) {
  /** Copies the map. */
  public ProcessingConfig {
    retry = Map.copyOf(retry);
  }

  /** When a failed attempt is repeated; internal work and unknown locations as Scality sites. */
  public RetryPolicy retryOf(LocationName location) {
    return Objects.requireNonNullElse(retry.get(location), RetryPolicy.SCALITY);
  }
}
