package io.backbeat.server.config;

import java.util.Objects;

/**
 * How the metadata log is read.
 *
 * @param source where
 * @param zookeeperPath the node of its position, below the chroot of the connection string
 * @param batch log entries dealt with at a time
 */
public record PopulatorConfig(LogSource source, String zookeeperPath, int batch) {
  /** Checks that nothing is null. */
  public PopulatorConfig {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(zookeeperPath, "zookeeperPath");
  }
}
