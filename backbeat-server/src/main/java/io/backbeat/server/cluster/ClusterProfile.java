package io.backbeat.server.cluster;

import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.server.profile.ProfileException;

/** Opens the services of the cluster profile. */
public final class ClusterProfile {
  private ClusterProfile() {}

  /**
   * Connects to the services of a configuration.
   *
   * @throws ProfileException if the configuration has no cluster
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a service does not answer; a retry
   *     may help
   */
  public static OpenedStores open(ServerConfig config) {
    ClusterConfig cluster =
        config
            .cluster()
            .orElseThrow(() -> new ProfileException("the configuration is not of a cluster"));
    throw new ProfileException(
        "the profile \"cluster\" cannot be run yet: the adapters for Kafka ("
            + cluster.kafka().hosts()
            + "), MongoDB, Redis and ZooKeeper are still to come; --profile embedded runs the same configuration on the"
            + " local store, where sites wait until backbeat.replication.locations says where their copies go");
  }
}
