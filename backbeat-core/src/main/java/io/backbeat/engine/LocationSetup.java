package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The configured locations of each service, in configured order. Immutable. */
record LocationSetup(Map<ServiceName, List<LocationName>> byService) {
  static final LocationSetup NONE = new LocationSetup(Map.of());

  LocationSetup {
    byService = Map.copyOf(byService);
  }

  /** The same with other locations of one service; a name given twice counts once. */
  LocationSetup with(ServiceName service, Collection<LocationName> names) {
    Map<ServiceName, List<LocationName>> changed = new EnumMap<>(ServiceName.class);
    changed.putAll(byService);
    changed.put(service, List.copyOf(new LinkedHashSet<>(names)));
    return new LocationSetup(changed);
  }

  List<LocationName> of(ServiceName service) {
    return byService.getOrDefault(service, List.of());
  }
}
