package io.backbeat.zookeeper;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;

/** Where states of locations are. Pure. */
record StatePaths(boolean testPaths) {
  private static final String OWN = "/backbeat-java/observed/";

  /** The node above the desired states of a service: that of the original. */
  String root(ServiceName service) {
    return (testPaths ? "/backbeattest/" : "/backbeat/") + component(service) + "/state";
  }

  String desired(ServiceName service, LocationName location) {
    return root(service) + '/' + NodeName.encode(location.value());
  }

  /** Beside the original's tree, so that its nodes stay as it writes them. */
  String observed(ServiceName service, LocationName location) {
    return OWN + component(service) + '/' + NodeName.encode(location.value());
  }

  static String component(ServiceName service) {
    return switch (service) {
      case REPLICATION -> "replication";
      case INGESTION -> "ingestion";
      case LIFECYCLE -> "lifecycle";
    };
  }
}
