package io.backbeat.metrics;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.util.Objects;
import java.util.Optional;

/**
 * Names one counter.
 *
 * @param service whose
 * @param location where
 * @param object of one object version; empty for the location as a whole
 * @param counter what is counted
 */
public record CounterKey(
    ServiceName service, LocationName location, Optional<ObjectVersion> object, Counter counter) {
  /** Checks that nothing is null. */
  public CounterKey {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(counter, "counter");
  }

  /** A counter of a location as a whole. */
  public static CounterKey of(ServiceName service, LocationName location, Counter counter) {
    return new CounterKey(service, location, Optional.empty(), counter);
  }
}
