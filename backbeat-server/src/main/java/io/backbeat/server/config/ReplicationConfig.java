package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import io.backbeat.server.place.LocationTarget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is replicated, and where to.
 *
 * @param locations all destinations: the sites of the original's list, then ours that are not among
 *     them
 * @param targets where copies go in the embedded profile; locations that have none wait
 * @param source a directory to watch
 * @param transientSources locations whose data is kept only until it is replicated
 * @param coldSources locations whose data cannot be read at once
 */
public record ReplicationConfig(
    List<LocationName> locations,
    List<LocationTarget> targets,
    Optional<SourceConfig> source,
    Set<LocationName> transientSources,
    Set<LocationName> coldSources) {
  /** Copies the lists. */
  public ReplicationConfig {
    locations = List.copyOf(locations);
    targets = List.copyOf(targets);
    Objects.requireNonNull(source, "source");
    transientSources = Set.copyOf(transientSources);
    coldSources = Set.copyOf(coldSources);
  }

  /** The locations that have no place for their copies. */
  public List<LocationName> withoutTarget() {
    List<LocationName> placed = targets.stream().map(LocationTarget::name).toList();
    return locations.stream().filter(name -> !placed.contains(name)).toList();
  }
}
