package io.backbeat.workflow;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A lifecycle rule of a bucket; has at least one of the three actions.
 *
 * @param id tells the rules of a bucket apart
 * @param enabled whether it is in force
 * @param prefix of the keys it is about; empty for all
 * @param expirationDays after so many days the current version expires
 * @param transition where the current version moves
 * @param noncurrentExpirationDays after so many days an older version is deleted
 */
public record LifecycleRule(
    String id,
    boolean enabled,
    String prefix,
    OptionalInt expirationDays,
    Optional<Transition> transition,
    OptionalInt noncurrentExpirationDays) {
  /**
   * A move to another location.
   *
   * @param days after so many days
   * @param location name of the location
   */
  public record Transition(int days, String location) {}

  /** Checks that nothing is null. */
  public LifecycleRule {
    Objects.requireNonNull(expirationDays, "expirationDays");
    Objects.requireNonNull(transition, "transition");
    Objects.requireNonNull(noncurrentExpirationDays, "noncurrentExpirationDays");
  }

  /** Whether it says to do anything; a server takes no rule that does not. */
  boolean acts() {
    return expirationDays.isPresent()
        || transition.isPresent()
        || noncurrentExpirationDays.isPresent();
  }
}
