package io.backbeat.server.serve;

import io.backbeat.server.cluster.ClusterProfile;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.profile.EmbeddedProfile;
import io.backbeat.server.profile.OpenedStores;

/** Opens what the profile of a configuration names. */
public final class Profiles {
  private Profiles() {}

  /**
   * Opens the stores of a configuration.
   *
   * @throws io.backbeat.embedded.StoreOpenException if the data directory cannot be used
   * @throws io.backbeat.server.profile.ProfileException if the profile cannot be run
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a service does not answer
   */
  public static OpenedStores open(ServerConfig config) {
    return switch (config.profile()) {
      case EMBEDDED -> EmbeddedProfile.open(config.dataDirectory());
      case CLUSTER -> ClusterProfile.open(config);
    };
  }
}
