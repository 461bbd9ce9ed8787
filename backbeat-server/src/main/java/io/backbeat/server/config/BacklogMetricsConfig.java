package io.backbeat.server.config;

import java.time.Duration;
import java.util.Objects;

/**
 * Where consumers tell their positions, and the ends of their partitions.
 *
 * @param zkPath the node, below the chroot of the connection string
 * @param interval how often
 */
public record BacklogMetricsConfig(String zkPath, Duration interval) {
  /** Checks that nothing is null. */
  public BacklogMetricsConfig {
    Objects.requireNonNull(zkPath, "zkPath");
    Objects.requireNonNull(interval, "interval");
  }
}
