package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code locationConfig.json} says of the locations of the object server.
 *
 * @param names all of them, in their order
 * @param transients those with {@code isTransient}: data is kept only until it is replicated
 * @param cold those with {@code isCold}: data cannot be read at once
 */
record SourceLocations(
    List<LocationName> names, Set<LocationName> transients, Set<LocationName> cold) {
  static final SourceLocations NONE = new SourceLocations(List.of(), Set.of(), Set.of());

  SourceLocations {
    names = List.copyOf(names);
    transients = Set.copyOf(transients);
    cold = Set.copyOf(cold);
  }

  /** Reads the content of a file; names that cannot be ones are problems. Pure. */
  static SourceLocations of(ObjectNode content, Path file, List<Problem> problems) {
    List<LocationName> names = new ArrayList<>();
    Set<LocationName> transients = new LinkedHashSet<>();
    Set<LocationName> cold = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> location : content.properties()) {
      try {
        LocationName name = LocationName.of(location.getKey());
        names.add(name);
        if (location.getValue().path("isTransient").asBoolean()) {
          transients.add(name);
        }
        if (location.getValue().path("isCold").asBoolean()) {
          cold.add(name);
        }
      } catch (IllegalArgumentException e) {
        problems.add(
            Problem.error("", file + " has a location that cannot be one: " + e.getMessage()));
      }
    }
    return new SourceLocations(names, transients, cold);
  }
}
