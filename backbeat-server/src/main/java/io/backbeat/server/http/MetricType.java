package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.ServiceName;
import java.util.List;
import java.util.Locale;

/** A number of a location; in the order in which {@code all} shows them. */
enum MetricType {
  BACKLOG,
  COMPLETIONS,
  FAILURES,
  THROUGHPUT,
  PENDING;

  /** The name in paths and bodies. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The types of a service; none for a service without metrics. */
  static List<MetricType> of(ServiceName service) {
    return switch (service) {
      case REPLICATION -> List.of(values());
      case INGESTION -> List.of(COMPLETIONS, THROUGHPUT, PENDING);
      case LIFECYCLE -> List.of();
    };
  }

  /**
   * The types that a path asks for; an empty type or {@code all} asks for all.
   *
   * @throws io.backbeat.api.BackbeatException if the service has no such type: ROUTE_NOT_FOUND
   */
  static List<MetricType> asked(ServiceName service, String type) {
    List<MetricType> asked =
        of(service).stream()
            .filter(t -> type.isEmpty() || type.equals(ApiPaths.ALL) || t.wireName().equals(type))
            .toList();
    if (asked.isEmpty()) {
      throw RequestError.noSuchPath(service.wireName() + " has no metric called " + type);
    }
    return asked;
  }
}
