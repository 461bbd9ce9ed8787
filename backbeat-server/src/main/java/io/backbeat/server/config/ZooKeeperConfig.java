package io.backbeat.server.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How ZooKeeper is reached.
 *
 * @param connectionString servers and chroot, as {@code zk-0:2181,zk-1:2181/backbeat}
 * @param autoCreateNamespace whether the chroot is made when it is missing
 * @param sessionTimeout after which the ensemble takes a silent process for dead
 */
public record ZooKeeperConfig(
    String connectionString, boolean autoCreateNamespace, Duration sessionTimeout) {
  /** Checks that nothing is null. */
  public ZooKeeperConfig {
    Objects.requireNonNull(connectionString, "connectionString");
    Objects.requireNonNull(sessionTimeout, "sessionTimeout");
  }
}
