package io.backbeat.server.cli;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the locations that a command line names. */
final class Selection {
  private static final LocationName ALL = LocationName.of(ApiPaths.ALL);

  private Selection() {}

  /** Whether all locations are meant: none is named, or "all". */
  static boolean everything(List<LocationName> names) {
    return names.isEmpty() || names.contains(ALL);
  }

  /**
   * The statuses of the named locations in the order of their names, or of all.
   *
   * @throws RefusalException if the server has not all of them
   */
  static List<LocationStatus> of(Backbeat backbeat, ServiceName service, List<LocationName> names) {
    List<LocationStatus> known = backbeat.locations().list(service);
    if (everything(names)) {
      return known;
    }
    Map<LocationName, LocationStatus> byName = new LinkedHashMap<>();
    known.forEach(status -> byName.put(status.location(), status));
    Set<LocationName> wanted = new LinkedHashSet<>(names);
    List<LocationName> unknown = wanted.stream().filter(n -> !byName.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw unknown(service, unknown, byName.keySet());
    }
    return wanted.stream().flatMap(name -> Optional.ofNullable(byName.get(name)).stream()).toList();
  }

  private static RefusalException unknown(
      ServiceName service, Collection<LocationName> unknown, Collection<LocationName> known) {
    return new RefusalException(
        service.wireName()
            + " has no location "
            + joined(unknown)
            + "; it has "
            + (known.isEmpty() ? "none" : joined(known)));
  }

  private static String joined(Collection<LocationName> names) {
    return names.stream().map(LocationName::value).collect(Collectors.joining(", "));
  }
}
