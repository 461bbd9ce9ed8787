package io.backbeat.server.probe;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.HealthReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a server is ready: it has started, it is not stopping, and no component fails. A
 * component that only works with restrictions, as behind an open circuit breaker, does not make the
 * server less ready: to start it anew would not help. Thread-safe.
 */
public final class Readiness {
  private static final String SERVER = "server";

  private final Supplier<HealthReport> health;
  private volatile Optional<String> phase = Optional.of("starting");

  /** Not ready until {@link #started}. */
  public Readiness(Supplier<HealthReport> health) {
    this.health = health;
  }

  /** From now on the components decide. */
  public void started() {
    phase = Optional.empty();
  }

  /** Never ready again. */
  public void stopping() {
    phase = Optional.of("stopping");
  }

  /** Why the server is not ready; empty if it is. */
  List<ComponentHealth> failing() {
    Optional<String> now = phase;
    if (now.isPresent()) {
      return List.of(new ComponentHealth(SERVER, State.FAILING, now.get()));
    }
    return health.get().components().stream()
        .filter(component -> component.state() == State.FAILING)
        .toList();
  }
}
