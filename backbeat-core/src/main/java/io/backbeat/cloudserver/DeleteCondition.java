package io.backbeat.cloudserver;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Under which condition data in a cloud without versions is deleted.
 *
 * @param unmodifiedSince only if the object was not written since
 * @param storageClass the location, {@code X-Scal-Storage-Class}; empty to leave it out
 * @param tags what to mark it with where the customer's own lifecycle deletes
 */
public record DeleteCondition(
    Optional<Instant> unmodifiedSince, String storageClass, Map<String, String> tags) {
  /** None. */
  public static final DeleteCondition NONE = new DeleteCondition(Optional.empty(), "", Map.of());

  /** Copies the map. */
  public DeleteCondition {
    tags = Map.copyOf(tags);
  }
}
