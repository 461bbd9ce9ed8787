package io.backbeat.api;

import java.util.Objects;

/**
 * The health of one part of the system.
 *
 * @param component which part, for example {@code store}, {@code populator}, {@code
 *     replication/paris}
 * @param state how it is
 * @param detail why, for people; empty when there is nothing to say
 */
public record ComponentHealth(String component, State state, String detail) {
  /** How a part is. */
  public enum State {
    /** Does its work, or has none. */
    OK,
    /**
     * Works with a restriction that an operator should know, for example an open circuit breaker.
     */
    DEGRADED,
    /** Does not do its work. */
    FAILING
  }

  /** Checks that nothing is null. */
  public ComponentHealth {
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
  }
}
