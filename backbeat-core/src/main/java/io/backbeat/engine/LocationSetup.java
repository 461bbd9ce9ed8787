package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.location.LocationController;
import java.util.List;

/**
 * The configured locations of each service. This engine runs replication; the other services have
 * no locations yet.
 */
record LocationSetup(List<LocationName> replication, LocationController controller) {
  static List<LocationName> configured(ServiceName service, List<LocationName> replication) {
    return service == ServiceName.REPLICATION ? replication : List.of();
  }

  /** Writes the state of locations that have none yet, so that what is observed can be reported. */
  void initialize() {
    controller.initialize(ServiceName.REPLICATION);
  }
}
