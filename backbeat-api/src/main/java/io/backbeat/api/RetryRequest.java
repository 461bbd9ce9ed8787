package io.backbeat.api;

import java.util.Objects;

/**
 * Asks for one more attempt at bringing a version to a location.
 *
 * @param object which version
 * @param location where
 * @param force also when the operation is not recorded as failed ({@code ForceRetry} on the wire)
 */
public record RetryRequest(ObjectVersion object, LocationName location, boolean force) {
  /** Checks that nothing is null. */
  public RetryRequest {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(location, "location");
  }

  /** A retry of a recorded failure. */
  public static RetryRequest of(ObjectVersion object, LocationName location) {
    return new RetryRequest(object, location, false);
  }
}
