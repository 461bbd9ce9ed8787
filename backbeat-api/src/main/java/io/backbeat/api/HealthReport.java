package io.backbeat.api;

import java.util.List;

/**
 * The health of the system by its parts.
 *
 * @param components every part, in a stable order
 */
public record HealthReport(List<ComponentHealth> components) {
  /** Copies the list. */
  public HealthReport {
    components = List.copyOf(components);
  }

  /** The worst state of all parts; OK when there is none. */
  public ComponentHealth.State overall() {
    return components.stream()
        .map(ComponentHealth::state)
        .max(Enum::compareTo)
        .orElse(ComponentHealth.State.OK);
  }
}
