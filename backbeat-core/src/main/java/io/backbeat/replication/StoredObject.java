package io.backbeat.replication;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An object as a store has it at one moment.
 *
 * @param key its key
 * @param size its length in bytes
 * @param fingerprint a text that is another one whenever the content is another one; opaque, not
 *     empty, compared as it is
 * @param lastModified when its content was last written
 * @param userMetadata what its writer said about it, names without {@code x-amz-meta-}; empty if
 *     the store keeps none
 */
public record StoredObject(
    String key,
    long size,
    String fingerprint,
    Instant lastModified,
    Map<String, String> userMetadata) {
  /** Copies the map; checks that the size is not negative and the fingerprint not empty. */
  public StoredObject {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(lastModified, "lastModified");
    if (size < 0) {
      throw new IllegalArgumentException("size must be >= 0, was " + size + " for " + key);
    }
    if (fingerprint.isEmpty()) {
      throw new IllegalArgumentException("fingerprint must not be empty, was for " + key);
    }
    userMetadata = Map.copyOf(userMetadata);
  }
}
