package io.backbeat.log;

import io.backbeat.api.ObjectVersion;
import java.util.Optional;

/** Where the current metadata of object versions can be read. Port; thread-safe. */
@FunctionalInterface
public interface MetadataSource {
  /**
   * The current metadata of a version as JSON text, with the statuses as they are now; empty if
   * there is no such version.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a retry
   *     is safe. An outage never reads as "no such version"
   */
  Optional<String> find(ObjectVersion object);
}
