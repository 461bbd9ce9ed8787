package io.backbeat.health;

import io.backbeat.api.ComponentHealth;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Looks after one part of the system.
 *
 * @param component the part's name in reports
 * @param check finds out how the part is; may throw, may take long, is never run twice at a time
 */
public record HealthProbe(String component, Supplier<ComponentHealth> check) {
  /** Checks that nothing is null and the name not empty. */
  public HealthProbe {
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(check, "check");
    if (component.isEmpty()) {
      throw new IllegalArgumentException("component of a health probe must not be empty");
    }
  }

  /** A probe that is content when an action does not throw, for example one read of a store. */
  public static HealthProbe answering(String component, Runnable action) {
    return new HealthProbe(
        component,
        () -> {
          action.run();
          return new ComponentHealth(component, ComponentHealth.State.OK, "");
        });
  }
}
