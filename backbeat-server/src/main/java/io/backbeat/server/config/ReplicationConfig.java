package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import io.backbeat.server.place.LocationTarget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is replicated, and where to.
 *
 * @param locations all destinations: the sites of the original's list, then ours that are not among
 *     them
 * @param targets where copies go in the embedded profile; locations that have none wait
 * @param source a directory to watch
 */
public record ReplicationConfig(
    List<LocationName> locations, List<LocationTarget> targets, Optional<SourceConfig> source) {
  /** Copies the lists. */
  public ReplicationConfig {
    locations = List.copyOf(locations);
    targets = List.copyOf(targets);
    Objects.requireNonNull(source, "source");
  }

  /** The locations that have no place for their copies. */
  public List<LocationName> withoutTarget() {
    List<LocationName> placed = targets.stream().map(LocationTarget::name).toList();
    return locations.stream().filter(name -> !placed.contains(name)).toList();
  }
}
