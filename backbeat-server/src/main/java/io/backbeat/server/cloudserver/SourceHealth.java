package io.backbeat.server.cloudserver;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.health.HealthProbe;

/** Whether a CloudServer answers, and takes our signature. */
final class SourceHealth {
  private static final String NAME = "cloudserver";

  /** A question that costs little; that there is no such bucket is an answer. */
  private static final ObjectVersion NOBODY_HAS_IT =
      ObjectVersion.unversioned("backbeat-health-check", "none");

  private SourceHealth() {}

  static HealthProbe of(CloudServer server) {
    return new HealthProbe(NAME, () -> look(server));
  }

  private static ComponentHealth look(CloudServer server) {
    try {
      var unused = server.metadata(NOBODY_HAS_IT);
      return new ComponentHealth(NAME, ComponentHealth.State.OK, "");
    } catch (CloudServerException e) {
      return e.kind() == CloudServerException.Kind.NOT_FOUND
          ? new ComponentHealth(NAME, ComponentHealth.State.OK, "")
          : new ComponentHealth(NAME, ComponentHealth.State.DEGRADED, e.getMessage());
    }
  }
}
