package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.util.Optional;

/**
 * The segment of a path that names a location or all of them.
 *
 * @param location the one location; empty for all
 */
record Site(Optional<LocationName> location) {
  private static final Site ALL = new Site(Optional.empty());

  /**
   * Reads the segment, with or without its leading slash; nothing means all.
   *
   * @throws io.backbeat.api.BackbeatException if no location can have that name: ROUTE_NOT_FOUND
   */
  static Site parse(String segment) {
    String name = withoutSlash(segment);
    return name.isEmpty() || name.equals(ApiPaths.ALL)
        ? ALL
        : new Site(
            Optional.of(
                name(name)
                    .orElseThrow(() -> RequestError.noSuchPath("no location is called " + name))));
  }

  /**
   * The service of that name.
   *
   * @throws io.backbeat.api.BackbeatException if there is none: ROUTE_NOT_FOUND
   */
  static ServiceName service(String name) {
    return ServiceName.ofWireName(name)
        .orElseThrow(() -> RequestError.noSuchPath("no service is called " + name));
  }

  /** The location of that name; empty when no location can have it. */
  static Optional<LocationName> name(String text) {
    try {
      return Optional.of(LocationName.of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The text of an optional path segment, which is matched together with its slash. */
  static String withoutSlash(String segment) {
    return segment.startsWith("/") ? segment.substring(1) : segment;
  }
}
